/** What is known of the transaction that brought a mail. */
export interface MailFacts {
  /** MAIL FROM; empty for the null sender. */
  envelopeFrom: string;
  /** Domain of the From header. */
  fromDomain: string;
  client: Client;
}

/** Who handed a mail over by SMTP. */
interface Client {
  ip: string;
  /** What it called itself. */
  name: string;
}
