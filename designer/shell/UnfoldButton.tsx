import { Button } from '@mantine/core';

interface UnfoldButtonProps {
  /** What is shown or hidden, in words that go on after "Show": "the text". */
  what: string;
  isShown: boolean;
  onToggle: (isShown: boolean) => void;
}

/** Shows or hides what stands beside it. */
export function UnfoldButton({ what, isShown, onToggle }: UnfoldButtonProps) {
  return (
    <Button variant="subtle" color="gray" size="compact-xs" aria-expanded={isShown} onClick={() => onToggle(!isShown)}>
      {isShown ? 'Hide' : 'Show'} {what}
    </Button>
  );
}
