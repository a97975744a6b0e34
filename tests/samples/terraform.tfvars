region        = "eu-central-1"
instance_type = "t3.large"
cidr_blocks   = ["10.20.0.0/16"]

db_username = "shop"
db_password = "<<password:1>>"

gitlab_token         = "<<gitlab:1>>"
cloud_api_token      = "<<base62:40>>"
app_secret_key       = "<<hex:64>>"
admin_ssh_public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI<<base62:43>> ops@corp.internal"
aws_access_key       = "AKIA<<base32:16>>"
aws_secret_key       = "<<base62:40>>"
