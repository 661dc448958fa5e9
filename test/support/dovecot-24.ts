import type { DovecotConfigInput } from './dovecot-config.ts';

const accessControl = `acl_driver = vfile
mail_plugins {
  acl = yes
}
protocol imap {
  mail_plugins {
    imap_acl = yes
  }
}
`;

const withoutIdle = `protocol imap {
  imap_capability {
    IDLE = no
  }
}
`;

/** The mechanisms ask for themselves: a passdb of tokens would be for tokens in the place of passwords. */
function tokens(url: string): string {
  return `oauth2 {
  introspection_mode = post
  introspection_url = ${url}
  force_introspection = yes
  username_attribute = username
  active_attribute = active
  active_value = true
}
`;
}

function submission(port: number, relayPort: number): string {
  return `hostname = localhost
submission_relay_host = 127.0.0.1
submission_relay_port = ${relayPort}
submission_relay_ssl = no
service submission-login {
  chroot =
  inet_listener submission {
    port = ${port}
  }
  inet_listener submissions {
    port = 0
  }
}
`;
}

/** The configuration in the language of Dovecot 2.4; its first two settings keep later versions to the defaults of the first. */
export function dovecot24(input: DovecotConfigInput): Record<string, string> {
  const { folder, ports, password, certificate, account, runner, introspectionUrl } = input;
  const runners = runner
    ? `default_internal_user = ${runner.user}
default_login_user = ${runner.user}
default_internal_group = ${runner.group}
`
    : '';
  const main = `dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
${runners}protocols = imap lmtp pop3${input.relayPort === undefined ? '' : ' submission'}
listen = 127.0.0.1
first_valid_uid = 1
first_valid_gid = 1
mail_uid = ${account.uid}
mail_gid = ${account.gid}
mail_driver = maildir
mail_path = ~/Maildir
mail_fsync = never
mail_max_userip_connections = 50
postmaster_address = postmaster@example.test
auth_allow_cleartext = yes
auth_mechanisms = plain login${introspectionUrl === undefined ? '' : ` ${input.mechanism ?? 'xoauth2'}`}
auth_failure_delay = 0
auth_username_format = %{user}
ssl = yes
ssl_server_cert_file = ${certificate.certificate}
ssl_server_key_file = ${certificate.key}
${introspectionUrl === undefined ? '' : tokens(introspectionUrl)}passdb static {
  mechanisms_filter = plain login
  password = ${password}
}
userdb static {
  fields {
    uid = ${account.uid}
    gid = ${account.gid}
    home = ${folder}/home/%{user}
  }
  allow_all_users = yes
}
namespace inbox {
  separator = /
  inbox = yes
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
service imap-login {
  chroot =
${input.clients === undefined ? '' : `  restart_request_count = unlimited\n  client_limit = ${input.clients}\n`}  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
  }
}
service pop3-login {
  chroot =
  inet_listener pop3 {
    port = ${ports.pop3}
  }
  inet_listener pop3s {
    port = ${ports.pop3s}
  }
}
${input.clients === undefined ? '' : `service imap {\n  process_limit = ${input.clients}\n}\n`}service lmtp {
  inet_listener lmtp {
    port = ${ports.lmtp}
  }
}
${input.relayPort === undefined ? '' : submission(ports.submission, input.relayPort)}${input.acl === true ? accessControl : ''}${input.advertiseIdle ? '' : withoutIdle}`;
  return { 'dovecot.conf': main };
}
