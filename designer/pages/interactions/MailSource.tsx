import { Button, Code, Group, ScrollArea, Stack, Text } from '@mantine/core';
import { useMailSource } from '../../api/quarantine.ts';
import { formatSize } from '../../shell/format.ts';
import { Resource } from '../../shell/Resource.tsx';
import classes from './MailPanel.module.css';
import { visibleControls } from './visible-controls.ts';

/** The bytes of a mail as text that does nothing and hides nothing. Large ones come piece by piece. */
export function MailSource({ id }: { id: string }) {
  const source = useMailSource(id);
  return (
    <Resource query={source} name="The source" rows={6}>
      {({ pages }) => {
        const last = pages.at(-1);
        const shown = last?.next ?? last?.size ?? 0;
        return (
          <Stack gap="xs">
            <ScrollArea.Autosize
              mah={460}
              type="auto"
              viewportProps={{ tabIndex: 0, 'aria-label': 'Source of the mail' }}
            >
              <Code fz="xs" className={classes.header} dir="ltr" display="block">
                {pages.map(({ from, text }) => (
                  <span key={from}>{visibleControls(text)}</span>
                ))}
              </Code>
            </ScrollArea.Autosize>
            <Group gap="xs" justify="space-between">
              <Text size="xs" c="var(--sluice-muted)">
                {formatSize(shown)} of {formatSize(last?.size ?? 0)}
              </Text>
              {source.hasNextPage && (
                <Button
                  variant="default"
                  size="compact-xs"
                  loading={source.isFetchingNextPage}
                  onClick={() => void source.fetchNextPage()}
                >
                  Show more
                </Button>
              )}
            </Group>
          </Stack>
        );
      }}
    </Resource>
  );
}
