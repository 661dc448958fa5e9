import type { Fixer } from './fix.ts';

/** What should stand there only a person knows. */
export const showPlace: Fixer = () => [{ label: 'Show the place', show: true }];
