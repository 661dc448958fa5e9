import { Button } from '@mantine/core';
import { useLetThrough } from '../../api/filters.ts';
import { useMay } from '../../api/session.ts';
import { notifyDone, notifyError } from '../../shell/notify.ts';

/** Takes a filter's word back for one mail. */
export function LetThrough({ id }: { id: string }) {
  const letThrough = useLetThrough();
  if (!useMay('handle')) return null;
  return (
    <Button
      variant="default"
      size="compact-xs"
      mr={8}
      loading={letThrough.isPending}
      onClick={() =>
        letThrough.mutate(
          { id },
          {
            onSuccess: () => notifyDone('Let through: its flow runs now'),
            onError: (error) => notifyError(error),
          },
        )
      }
    >
      Let through
    </Button>
  );
}
