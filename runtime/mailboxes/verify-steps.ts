import type { ServerName } from './connection-failure.ts';
import type { VerifyReport } from './source.ts';

const names = { authorise: 'Authorise', connect: 'Connect', encryption: 'Encryption', login: 'Log in' };

/** Which step an error belongs to; what is not named here happened while connecting. */
const stepOfCode: Record<string, 'authorise' | 'encryption' | 'login'> = {
  'authorisation-not-found': 'authorise',
  'authorisation-incomplete': 'authorise',
  'authorisation-refused': 'authorise',
  'authorisation-changed': 'authorise',
  'needs-authorising': 'authorise',
  'provider-bad-answer': 'authorise',
  'provider-busy': 'authorise',
  'address-refused': 'authorise',
  'http-failed': 'authorise',
  'http-timeout': 'authorise',
  'insecure-connection': 'encryption',
  'tls-untrusted': 'encryption',
  'tls-expired': 'encryption',
  'tls-wrong-name': 'encryption',
  'tls-failed': 'encryption',
  'wrong-password': 'login',
  'token-refused': 'login',
  'tokens-unknown': 'login',
  'login-unavailable': 'login',
};

export interface VerifySteps {
  readonly steps: VerifyReport['steps'];
  passed(name: string, message: string): void;
  failed(name: string, message: string): void;
  /** All up to the login went well. */
  loggedIn(): void;
  /** Something before the end of the login did not. */
  notLoggedIn(error: { code: string; message: string }): void;
}

/** The steps of "Verify" that every mail server goes through: connect, encryption, login. */
export function createVerifySteps({ host, port, security, username }: ServerName): VerifySteps {
  const steps: VerifyReport['steps'] = [];
  const passed = (name: string, message: string) => void steps.push({ name, ok: true, message });
  const failed = (name: string, message: string) => void steps.push({ name, ok: false, message });
  const connected = () => passed(names.connect, `${host}:${port} answers.`);
  const encrypted = () =>
    passed(
      names.encryption,
      security === 'none'
        ? 'None: the server is on this machine.'
        : 'The certificate is trusted and made for this host.',
    );
  return {
    steps,
    passed,
    failed,
    loggedIn() {
      connected();
      encrypted();
      passed(names.login, `${username} is logged in.`);
    },
    notLoggedIn({ code, message }) {
      const step = stepOfCode[code] ?? 'connect';
      if (step !== 'connect' && step !== 'authorise' && code !== 'insecure-connection') connected();
      if (step === 'login') encrypted();
      failed(names[step], message);
    },
  };
}
