"""
Django settings for shop project.
"""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

# SECURITY WARNING: keep the secret key used in production secret!
SECRET_KEY = 'django-insecure-<<django:1>>'

DEBUG = False
ALLOWED_HOSTS = ['shop.corp.internal']
CSRF_COOKIE_NAME = 'csrftoken'

DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': 'shop',
        'USER': 'shop',
        'PASSWORD': '<<password:1>>',
        'HOST': 'db.corp.internal',
        'PORT': '5432',
    }
}

AUTH_PASSWORD_VALIDATORS = [
    {'NAME': 'django.contrib.auth.password_validation.UserAttributeSimilarityValidator'},
    {'NAME': 'django.contrib.auth.password_validation.MinimumLengthValidator'},
]

CELERY_BROKER_URL = 'redis://:<<base62:32>>@cache.corp.internal:6379/0'
EMAIL_HOST_PASSWORD = os.environ.get('EMAIL_HOST_PASSWORD', '')
SOCIAL_AUTH_GITLAB_SECRET = '<<hex:64>>'
