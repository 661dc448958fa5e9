/** Whose draft it is: each person has one of their own for a mail, with its files. */
export interface Owner {
  interaction: string;
  /** Id of the user or token. */
  who: string;
}
