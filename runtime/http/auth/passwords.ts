import { hash, verify } from '@node-rs/argon2';

/** OWASP's second profile for argon2id: 19 MiB, two passes, one lane; about 30 ms here. (argon2id is the library's default.) */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for an account that does not exist (`null`), so that its absence cannot be timed. */
  verify(passwordHash: string | null, password: string): Promise<boolean>;
}

export function createPasswords(): Passwords {
  let nobodys: Promise<string> | undefined;
  return {
    hash: (password) => hash(password.normalize('NFKC'), cost),
    async verify(passwordHash, password) {
      nobodys ??= hash('nobody has this password', cost);
      const matches = await verify(passwordHash ?? (await nobodys), password.normalize('NFKC'));
      return matches && passwordHash !== null;
    },
  };
}
