import { OperationalError } from '../../../schemas/errors.ts';

/** Why the receiver's port could not be opened, with what to do. */
export function explainListening(error: Error, { host, port }: { host: string; port: number }): OperationalError {
  if (error instanceof OperationalError) return error;
  const { code } = error as NodeJS.ErrnoException;
  const data = { host, port };
  if (code === 'EADDRINUSE') {
    const message = `Another program listens on ${host}:${port}. Stop it, or give the SMTP receiver another port.`;
    return new OperationalError('port-in-use', message, { cause: error, data });
  }
  if (code === 'EACCES') {
    const message = `Listening on ${host}:${port} is not allowed. Ports below 1024 belong to root: choose a higher one.`;
    return new OperationalError('port-forbidden', message, { cause: error, data });
  }
  const message = `The SMTP receiver cannot listen on ${host}:${port}: ${error.message}.`;
  return new OperationalError('receiver-not-listening', message, { cause: error, data });
}
