/** What nodemailer tells about a failure. */
export interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
  /** What the server answered to, such as `MAIL FROM`. */
  command?: string;
}
