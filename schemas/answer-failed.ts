/** Code that the reason of a mail begins with which was finished, and put back into its queue because a person's answer did not arrive. */
export const answerFailed = 'answer-failed';
