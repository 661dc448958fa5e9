import { calledIdPattern } from './actions/call-settings.ts';
import { headerNamePattern, pointerPattern } from './actions/data-action.ts';
import { searchTextPattern } from './api/paging.ts';
import { momentPattern } from './case.ts';
import {
  addressPattern,
  certificatePattern,
  dayPattern,
  hostPattern,
  optionalAddressPattern,
  tenantPattern,
  urlPattern,
} from './entered-texts.ts';
import { idPattern } from './ids.ts';
import { mailboxNamePattern } from './mailbox-name.ts';
import { headerTextPattern } from './route.ts';
import { variableNamePattern, variableRefPattern } from './variable.ts';

/** What a pattern asks for, in words for a person, to follow "must be"; a regular expression explains nothing to most. */
export const patternWords: Readonly<Record<string, string>> = {
  [idPattern]: 'lower-case letters, digits and hyphens, at most 64, beginning with a letter or digit',
  [variableNamePattern]: 'letters, digits and underscores, at most 64, beginning with a letter',
  [variableRefPattern]:
    'the name of a variable: letters, digits and underscores, beginning with a letter; of a task, "task." before it',
  [calledIdPattern]: 'lower-case letters, digits and hyphens, at most 64, beginning with a letter or digit',
  [headerNamePattern]: 'the name of an HTTP header, such as Authorization',
  [pointerPattern]: 'a JSON pointer such as /category, or empty for the whole answer',
  [mailboxNamePattern]: 'letters, digits and @ _ . -, at most 40',
  [headerTextPattern]: 'one line, without line breaks and other control characters',
  [hostPattern]: 'the name of a server alone, such as mail.example.com, without protocol and port',
  [certificatePattern]: 'a certificate in PEM, which begins with -----BEGIN CERTIFICATE-----',
  [addressPattern]: 'an address such as support@example.com',
  [optionalAddressPattern]: 'an address such as support@example.com',
  [urlPattern]: 'an address that begins with https://',
  [dayPattern]: 'a day such as 2026-12-31',
  [tenantPattern]: 'the id of a directory, or one of its domains such as contoso.com',
  [searchTextPattern]: 'text without the character of number 0',
  [momentPattern]: 'a moment with its time zone, such as 2026-01-31T09:00:00Z',
};
