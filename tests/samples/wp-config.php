<?php
/** The name of the database for WordPress */
define( 'DB_NAME', 'blog' );

/** Database username */
define( 'DB_USER', 'blog' );

/** Database password */
define( 'DB_PASSWORD', '<<password:1>>' );

/** Database hostname */
define( 'DB_HOST', 'db.corp.internal' );

define( 'AUTH_KEY',         '<<salt:1>>' );
define( 'SECURE_AUTH_KEY',  '<<salt:2>>' );
define( 'LOGGED_IN_KEY',    '<<salt:3>>' );
define( 'NONCE_KEY',        '<<salt:4>>' );
define( 'AUTH_SALT',        '<<salt:5>>' );
define( 'SECURE_AUTH_SALT', '<<salt:6>>' );
define( 'LOGGED_IN_SALT',   'put your unique phrase here' );
define( 'NONCE_SALT',       'put your unique phrase here' );

$table_prefix = 'wp_';
define( 'WP_DEBUG', false );
if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
