/** Why somebody was not let in by a provider, in words that they can act by; the code travels in the address of the sign-in page. */
export const signInProblems = {
  'sign-in-declined':
    'The provider did not let you in, or you declined. Try again; if it goes on, ask whoever looks after the provider to give you access to Sluice.',
  'sign-in-unknown':
    'This sign-in took too long, was finished already, or Sluice was started anew meanwhile. Begin anew.',
  'sign-in-other-browser':
    'This sign-in was not begun in this browser, or its cookies were lost on the way. Begin anew here.',
  'sign-in-not-proved':
    'What came back could not be proved to come from the provider, so it was not believed. Begin anew; if it goes on, an administrator finds the reason under Settings → Sign-in.',
  'sign-in-clock':
    'The clocks of this server and of the provider differ too much. An administrator has to set the clock of the server right.',
  'sign-in-misconfigured':
    'The provider does not accept how Sluice is set up there. An administrator finds the reason under Settings → Sign-in.',
  'sign-in-provider-away': 'The provider cannot be reached at the moment. Try again in a minute.',
  'sign-in-provider-off':
    'Signing in by this provider is turned off. Use another way, or ask an administrator of Sluice.',
  'sign-in-no-user': 'There is no user for you yet. Ask an administrator of Sluice to add your email address.',
  'sign-in-email-unverified':
    'The provider does not say that your email address is yours. Verify it there, then begin anew; an administrator finds more under Settings → Sign-in.',
  'sign-in-domain':
    'Nobody of the domain of your email address becomes a user by signing in. Ask an administrator of Sluice to add you.',
  'sign-in-no-role':
    'The provider lets you in, but none of your groups or roles there has a role in Sluice. Ask an administrator to put you into one that has.',
  'sign-in-too-many-groups':
    'You are in more groups than the provider tells. Ask an administrator to map roles of the application instead of groups.',
  'sign-in-disabled': 'Your user is disabled. Ask an administrator of Sluice.',
  'sign-in-other-identity':
    'The user with your email address has signed in as somebody else at this provider before. An administrator can take that link back under Settings → Users.',
  'sign-in-too-many-users': 'There are too many users. An administrator has to delete some first.',
  'sign-in-failed': 'Signing in did not work. Try again; the log of the server has the reason.',
  'too-many-attempts': 'Too many sign-ins from here came to nothing. Wait a quarter of an hour, then try again.',
} as const;

export type SignInProblem = keyof typeof signInProblems;

export function isSignInProblem(code: string): code is SignInProblem {
  return Object.hasOwn(signInProblems, code);
}

const ofTheAccount: readonly string[] = [
  'sign-in-declined',
  'sign-in-no-user',
  'sign-in-email-unverified',
  'sign-in-domain',
  'sign-in-no-role',
  'sign-in-too-many-groups',
  'sign-in-disabled',
  'sign-in-other-identity',
] satisfies SignInProblem[];

/** True where another account at the provider may get in: it would hand over the same one again without asking. */
export function isOfTheAccount(problem: string): boolean {
  return ofTheAccount.includes(problem);
}
