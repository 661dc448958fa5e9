import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { coerceError, OperationalError } from '../../../schemas/errors.ts';

/** Paths of PEM files: the chain of the server, its own certificate first, and its key without a passphrase. */
export interface CertificateFiles {
  cert: string;
  key: string;
}

/**
 * The texts of both files, proved to belong together: a server that offered STARTTLS with another key would take no mail at all from clients that use it.
 *
 * @throws OperationalError `certificate-unusable`, which says what to look at.
 */
export function readCertificate(files: CertificateFiles): CertificateFiles {
  try {
    const cert = readFileSync(files.cert, 'utf8');
    const key = readFileSync(files.key, 'utf8');
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) {
      throw new Error('they do not belong together');
    }
    return { cert, key };
  } catch (thrown) {
    const cause = coerceError(thrown);
    const words = `${files.cert} and ${files.key} are no certificate with its key: ${cause.message}. Set SLUICE_SMTP_CERT and SLUICE_SMTP_KEY to PEM files that this server may read.`;
    throw new OperationalError('certificate-unusable', words, { cause });
  }
}
