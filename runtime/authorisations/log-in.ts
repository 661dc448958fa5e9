import type { Credentials, GetCredentials } from './credentials.ts';

/**
 * Logs in. A token that the server refuses is replaced and tried once more: it may have been withdrawn before its time. A password is tried
 * once only: a second attempt could lock the account.
 *
 * @param isRefusal whether an attempt failed because the server did not like the credentials.
 */
export async function logIn<T>(
  get: GetCredentials,
  attempt: (credentials: Credentials) => Promise<T>,
  isRefusal: (thrown: unknown) => boolean,
): Promise<T> {
  const credentials = await get();
  try {
    return await attempt(credentials);
  } catch (thrown) {
    if (credentials.kind === 'password' || !isRefusal(thrown)) throw thrown;
    return await attempt(await get(credentials));
  }
}
