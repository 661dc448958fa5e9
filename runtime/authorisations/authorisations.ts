import { UserError } from '../../schemas/errors.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { GetToken } from './credentials.ts';

export interface Authorisations {
  /** A token with some life left. @throws UserError `authorisation-not-found`, `needs-authorising`. */
  token: GetToken;
}

export function createAuthorisations({ settings }: { settings: { read(): Settings } }): Authorisations {
  return {
    async token(id) {
      const authorisation = settings.read().authorisations.find((each) => each.id === id);
      if (authorisation === undefined) {
        throw new UserError('authorisation-not-found', `There is no authorisation "${id}". Choose another one.`);
      }
      throw new UserError('needs-authorising', `Authorise "${authorisation.name}" first, on the page Authorisations.`);
    },
  };
}
