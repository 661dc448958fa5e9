import type { DovecotConfigInput } from './dovecot-config.ts';

const capabilityWithoutIdle =
  'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE LITERAL+ NAMESPACE UIDPLUS LIST-EXTENDED CONDSTORE ESEARCH SPECIAL-USE LIST-STATUS MOVE';

function plugins({ acl, compress }: DovecotConfigInput): string {
  const names = [acl && 'acl', compress && 'zlib'].filter((name) => typeof name === 'string');
  if (names.length === 0) return '';
  return `mail_plugins = ${names.join(' ')}
protocol imap {
  mail_plugins = ${names.flatMap((name) => [name, `imap_${name}`]).join(' ')}
}
${acl ? 'plugin {\n  acl = vfile\n}\n' : ''}`;
}

function tokens(folder: string): string {
  return `passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.conf.ext
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
}
`;
}

/** What the file says that `tokens` names. */
function introspection(url: string): string {
  return `introspection_mode = post
introspection_url = ${url}
force_introspection = yes
username_attribute = username
active_attribute = active
active_value = true
`;
}

/** The configuration in the language of Dovecot 2.3, which keeps the judging of tokens in a file of its own. */
export function dovecot23(input: DovecotConfigInput): Record<string, string> {
  const { introspectionUrl } = input;
  return {
    'dovecot.conf': main(input),
    ...(introspectionUrl === undefined ? {} : { 'oauth2.conf.ext': introspection(introspectionUrl) }),
  };
}

function main(input: DovecotConfigInput): string {
  const { folder, ports, password, certificate, account, runner } = input;
  const runners = runner
    ? `default_internal_user = ${runner.user}
default_login_user = ${runner.user}
default_internal_group = ${runner.group}
`
    : '';
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
${runners}protocols = imap lmtp pop3${input.relayPort === undefined ? '' : ' submission'}
listen = 127.0.0.1
first_valid_uid = 1
first_valid_gid = 1
mail_uid = ${account.uid}
mail_gid = ${account.gid}
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = 50
postmaster_address = postmaster@example.test
disable_plaintext_auth = no
auth_mechanisms = plain login${input.introspectionUrl === undefined ? '' : ` ${input.mechanism ?? 'xoauth2'}`}
auth_failure_delay = 0
auth_username_format = %u
ssl = yes
ssl_cert = <${certificate.certificate}
ssl_key = <${certificate.key}
${input.introspectionUrl === undefined ? '' : tokens(folder)}passdb {
  driver = static
${input.introspectionUrl === undefined ? '' : '  mechanisms = plain login\n'}  args = password=${password}
}
userdb {
  driver = static
  args = uid=${account.uid} gid=${account.gid} home=${folder}/home/%u allow_all_users=yes
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
${input.clients === undefined ? '' : `  service_count = 0\n  client_limit = ${input.clients}\n`}  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service pop3-login {
  chroot =
  inet_listener pop3 {
    port = ${ports.pop3}
  }
  inet_listener pop3s {
    port = ${ports.pop3s}
    ssl = yes
  }
}
${input.clients === undefined ? '' : `service imap {\n  process_limit = ${input.clients}\n}\n`}service lmtp {
  inet_listener lmtp {
    port = ${ports.lmtp}
  }
}
${input.relayPort === undefined ? '' : submission(ports.submission, input.relayPort)}${plugins(input)}${input.advertiseIdle ? '' : `protocol imap {\n  imap_capability = ${capabilityWithoutIdle}\n}\n`}`;
}
