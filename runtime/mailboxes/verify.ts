import type { ImapFlow } from 'imapflow';
import { UserError } from '../../schemas/errors.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import { openFolder } from './imap/commands.ts';
import { type ConnectionTiming, type ImapConnection, imapOf, openConnection } from './imap/connection.ts';
import { explainFailure } from './imap/failure.ts';
import type { VerifyReport } from './source.ts';

const stepNames = {
  connect: 'Connect',
  encryption: 'Encryption',
  login: 'Log in',
  folders: 'Folders',
  flags: 'Mark as read',
};

/** Which step an error belongs to; what is not named here happened while connecting. */
const stepOfCode: Record<string, 'encryption' | 'login'> = {
  'insecure-connection': 'encryption',
  'tls-untrusted': 'encryption',
  'tls-expired': 'encryption',
  'tls-wrong-name': 'encryption',
  'tls-failed': 'encryption',
  'wrong-password': 'login',
  'login-unavailable': 'login',
};

const verifyTiming: ConnectionTiming = { quietMs: 15_000, wholeMs: 60_000 };

/**
 * Tries out an IMAP mailbox from the name look-up to the right to mark mail as read, and says what was found. It never rejects over
 * what a server does, and changes nothing on the server.
 */
export async function verifyImap(
  mailbox: Mailbox,
  password: string,
  timing: ConnectionTiming = verifyTiming,
): Promise<VerifyReport> {
  const server = imapOf(mailbox);
  const steps: VerifyReport['steps'] = [];
  const passed = (name: string, message: string) => void steps.push({ name, ok: true, message });
  const failed = (name: string, message: string) => void steps.push({ name, ok: false, message });
  const passedConnect = () => passed(stepNames.connect, `${server.host}:${server.port} answers.`);
  const passedEncryption = () =>
    passed(
      stepNames.encryption,
      server.security === 'none'
        ? 'None: the server is on this machine.'
        : 'The certificate is trusted and made for this host.',
    );

  let connection: ImapConnection;
  try {
    connection = await openConnection(mailbox, password, timing, new AbortController().signal, () => {});
  } catch (thrown) {
    const error = explainFailure(thrown, server);
    const step = stepOfCode[error.code] ?? 'connect';
    if (step !== 'connect' && error.code !== 'insecure-connection') passedConnect();
    if (step === 'login') passedEncryption();
    failed(stepNames[step], error.message);
    return { ok: false, steps };
  }
  try {
    passedConnect();
    passedEncryption();
    passed(stepNames.login, `${server.username} is logged in.`);
    const folders = await connection.run('listing the folders', listFolders);
    const wanted = mailbox.folders.length > 0 ? mailbox.folders : ['INBOX'];
    for (const path of wanted) {
      try {
        const folder = await openFolder(connection, path);
        passed(stepNames.folders, `"${path}" is there, with ${folder.mails} mails.`);
        if (folder.mayFlag) passed(stepNames.flags, `Mails in "${path}" can be marked as read.`);
        else
          failed(
            stepNames.flags,
            `Mails in "${path}" cannot be marked as read: the account may only look at them. Give it the right to write.`,
          );
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        failed(stepNames.folders, error.message);
      }
    }
    return { ok: steps.every(({ ok }) => ok), steps, folders };
  } catch (thrown) {
    failed(stepNames.folders, explainFailure(thrown, server).message);
    return { ok: false, steps };
  } finally {
    connection.close();
  }
}

async function listFolders(client: ImapFlow): Promise<NonNullable<VerifyReport['folders']>> {
  const listed = await client.list({ statusQuery: { messages: true, unseen: true } });
  return listed
    .filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
    .map(({ path, status, specialUse }) => ({
      path,
      messages: status?.messages ?? 0,
      unseen: status?.unseen ?? 0,
      ...(specialUse ? { specialUse } : {}),
    }));
}
