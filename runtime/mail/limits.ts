/**
 * What one mail may cost. Every byte of it was chosen by a stranger, so each step of parsing has a number here.
 * "Rejected" limits end in quarantine with a stable code; "cut" limits keep the mail and shorten what is kept of it.
 */
export interface MailLimits {
  /**
   * Raw bytes; rejected as `mail-too-large`. Exceeded by people who attach films. Providers stop at 25 to 50 MB before base64
   * makes it a third larger; above that the copy into the worker alone would push the process past its memory aim.
   */
  sizeBytes: number;
  /**
   * Bytes of the mail's own header block; rejected as `mail-headers-too-large`. Long Received chains, ARC sets and To lists with
   * thousands of people stay under 200 kB; only a mail that was made to hurt goes above.
   */
  headerBytes: number;
  /** Header fields of the mail; rejected as `mail-headers-too-large`. A mail over thirty hops with ARC has about 250. */
  headerFields: number;
  /** Header bytes of a single part inside; rejected as `mail-headers-too-large`. Real parts have under 2 kB. */
  partHeaderBytes: number;
  /** Multiparts within multiparts; rejected as `mail-too-deep`. Mail forwarded inline twenty times reaches 25; bombs use thousands. */
  depth: number;
  /** Parts; rejected as `mail-too-many-parts`. A mail with every photo of a wedding has a few hundred; each part costs a parser node. */
  parts: number;
  /** Addresses kept of each of From, To, Cc, Reply-To; cut. A company-wide Cc has some hundreds; the rest stays in the headers. */
  addresses: number;
  /** Characters of one address or display name; longer ones count as unreadable, or are cut. RFC 5321 4.5.3.1 allows 254 for an address. */
  addressChars: number;
  /** Characters of one header value that are decoded and split; cut. Protects the address and encoded-word parsers. */
  headerValueChars: number;
  /** Message-IDs kept of References; the newest are kept. A thread of 100 replies is long; only the nearest ones join a thread. */
  references: number;
  /** Characters of text and of HTML that are kept; cut. Log files pasted into a mail exceed it; every kept character is stored and cloned. */
  textChars: number;
  /** Characters of HTML turned into text where the mail has no text; cut. The converter is quadratic in nesting: 256 k cost at most 0.3 s. */
  htmlToTextChars: number;
  /** Characters of text in which the reply, the bounce wording and the language are looked for; cut. Nobody types more in one mail. */
  proseChars: number;
  /** Characters of a delivery report that are read; cut. One recipient takes about 300, so this holds 200 recipients. */
  reportChars: number;
  /** Bytes of winmail.dat (TNEF) that are unpacked, all of one mail; more stays packed. They are held whole, as files lie anywhere within. */
  tnefBytes: number;
  /** Messages within messages in winmail.dat; deeper ones stay packed. Nobody forwards a mail as an attachment of an attachment ten times. */
  tnefDepth: number;
  /** Attachments listed with at most this many characters of file name; cut. File systems stop at 255. */
  fileNameChars: number;
  /**
   * Milliseconds for one mail in the worker; rejected as `parse-timeout`. A 20 MB mail takes 0.4 s on a slow core; ten seconds leave
   * room for a machine that is busy, and bound what one bad mail can delay the others.
   */
  timeMs: number;
  /** MB of JavaScript heap of a worker; exceeded, the mail is rejected as `parser-crashed`. Raw bytes are outside the heap. */
  heapMb: number;
}

export const mailLimits: Readonly<MailLimits> = {
  sizeBytes: 64 * 1024 * 1024,
  headerBytes: 256 * 1024,
  headerFields: 2_000,
  partHeaderBytes: 64 * 1024,
  depth: 50,
  parts: 1_000,
  addresses: 500,
  addressChars: 320,
  headerValueChars: 32 * 1024,
  references: 100,
  textChars: 2 * 1024 * 1024,
  htmlToTextChars: 256 * 1024,
  proseChars: 32 * 1024,
  reportChars: 64 * 1024,
  tnefBytes: 32 * 1024 * 1024,
  tnefDepth: 10,
  fileNameChars: 255,
  timeMs: 10_000,
  heapMb: 160,
};
