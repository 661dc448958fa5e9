import { userInfo } from 'node:os';

export interface DovecotPorts {
  imap: number;
  imaps: number;
  lmtp: number;
  pop3: number;
  pop3s: number;
}

export interface DovecotConfigInput {
  folder: string;
  ports: DovecotPorts;
  password: string;
  certificate: { key: string; certificate: string };
  advertiseIdle: boolean;
  /** Where tokens are judged; without it only passwords are taken. */
  introspectionUrl?: string | undefined;
  /** How tokens are shown; Exchange knows XOAUTH2 alone. */
  mechanism?: 'xoauth2' | 'oauthbearer' | undefined;
  /** Sessions at a time; by default as many as Dovecot's own settings allow, which is a hundred. */
  clients?: number | undefined;
  /** Access control lists are kept, asked for and shown. */
  acl?: boolean | undefined;
}

/** Dovecot started by root must not open mail as root: Debian's own "mail" account does it. */
export const mailAccount = { uid: 8, gid: 8 };
export const runsAsRoot = process.getuid?.() === 0;

const capabilityWithoutIdle =
  'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE LITERAL+ NAMESPACE UIDPLUS LIST-EXTENDED CONDSTORE ESEARCH SPECIAL-USE LIST-STATUS MOVE';

const accessControl = `mail_plugins = acl
protocol imap {
  mail_plugins = acl imap_acl
}
plugin {
  acl = vfile
}
`;

function tokens(folder: string): string {
  return `passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.conf.ext
}
`;
}

/** What the file says that `tokens` names. */
export function introspectionConfig(url: string): string {
  return `introspection_mode = post
introspection_url = ${url}
force_introspection = yes
username_attribute = username
active_attribute = active
active_value = true
`;
}

/** A whole configuration for Dovecot 2.3, reading nothing from /etc; it works for root and for any other account. */
export function dovecotConfig(input: DovecotConfigInput): string {
  const { folder, ports, password, certificate } = input;
  const { uid, gid } = runsAsRoot ? mailAccount : userInfo();
  const account = runsAsRoot
    ? ''
    : `default_internal_user = ${userInfo().username}
default_login_user = ${userInfo().username}
default_internal_group = $GROUP
`;
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
${account}protocols = imap lmtp pop3
listen = 127.0.0.1
first_valid_uid = 1
first_valid_gid = 1
mail_uid = ${uid}
mail_gid = ${gid}
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
  args = uid=${uid} gid=${gid} home=${folder}/home/%u allow_all_users=yes
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
${input.acl === true ? accessControl : ''}${input.advertiseIdle ? '' : `protocol imap {\n  imap_capability = ${capabilityWithoutIdle}\n}\n`}`;
}
