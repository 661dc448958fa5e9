/** 40 characters out of letters, digits, @ _ . - : it appears in log lines, metrics labels and URLs. */
export const mailboxNamePattern = '^[A-Za-z0-9@_.-]{1,40}$';
