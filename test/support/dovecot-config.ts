import { userInfo } from 'node:os';

export interface DovecotPorts {
  imap: number;
  imaps: number;
  lmtp: number;
  pop3: number;
  pop3s: number;
  submission: number;
}

export interface DovecotConfigInput {
  folder: string;
  ports: DovecotPorts;
  password: string;
  certificate: { key: string; certificate: string };
  /** Owns the mail. */
  account: { uid: number; gid: number };
  /** Runs the processes where that is not root's to choose: names of who started Dovecot. */
  runner?: { user: string; group: string } | undefined;
  advertiseIdle: boolean;
  /** Where tokens are judged; without it only passwords are taken. */
  introspectionUrl?: string | undefined;
  /** How tokens are shown; Exchange knows XOAUTH2 alone. */
  mechanism?: 'xoauth2' | 'oauthbearer' | undefined;
  /** Sessions at a time; by default as many as Dovecot's own settings allow, which is a hundred. */
  clients?: number | undefined;
  /** Access control lists are kept, asked for and shown. */
  acl?: boolean | undefined;
  /** Sessions may be compressed; 2.4 offers that always. */
  compress?: boolean | undefined;
  /** Takes mail for sending, and hands it to the server at this port. */
  relayPort?: number | undefined;
}

/** Dovecot started by root must not open mail as root: Debian's own "mail" account does it. */
export const mailAccount = { uid: 8, gid: 8 };
export const runsAsRoot = process.getuid?.() === 0;

/** Who owns the mail, and who runs the processes, for root as for any other account; `group` is the name of the group of who calls. */
export function accounts(group: string): Pick<DovecotConfigInput, 'account' | 'runner'> {
  if (runsAsRoot) return { account: mailAccount };
  const { uid, gid, username } = userInfo();
  return { account: { uid, gid }, runner: { user: username, group } };
}
