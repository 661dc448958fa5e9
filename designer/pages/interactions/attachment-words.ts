const programs =
  /\.(exe|com|scr|pif|cpl|bat|cmd|ps1|psm1|vbs?|vbe|jse?|wsf|wsh|hta|msi|msp|jar|lnk|url|reg|chm|scf|app|apk|dmg|pkg|iso|img|vhdx?|one|xll|docm|xlsm|pptm|sh)$/i;
const pages = /\.(html?|xhtml|shtml|mht(ml)?|svgz?|xml)$/i;

interface AttachmentWord {
  text: string;
  isDanger: boolean;
}

/** What a person should know before saving it; null for the ordinary. */
export function attachmentWord(name: string, type: string): AttachmentWord | null {
  if (/^winmail\.dat$/i.test(name) || /^application\/(vnd\.)?ms-tnef$/.test(type)) {
    return { text: 'Outlook’s own wrapping (TNEF)', isDanger: false };
  }
  if (type === 'text/calendar') return { text: 'calendar', isDanger: false };
  if (/^application\/(x-)?pkcs7-/.test(type)) return { text: 'S/MIME', isDanger: false };
  if (/^application\/pgp-/.test(type)) return { text: 'PGP', isDanger: false };
  if (type === 'message/rfc822') return { text: 'a forwarded mail', isDanger: false };
  if (programs.test(name)) return { text: 'may run a program', isDanger: true };
  if (pages.test(name)) return { text: 'may run scripts', isDanger: true };
  return null;
}
