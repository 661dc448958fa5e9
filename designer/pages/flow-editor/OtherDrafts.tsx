import { Avatar, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import type { DraftNotice } from '../../../schemas/api/flows.ts';
import { useDraftNotices } from '../../api/flows.ts';
import { Face } from '../../shell/Face.tsx';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { useEditor } from '../../state/useEditor.ts';

/** More faces than this say no more than their number. */
const maxFaces = 3;

/** Who else has a draft of this flow, so that two people know of each other before they publish. */
export function OtherDrafts() {
  const id = useEditor((state) => state.history.flow.id);
  const others = useDraftNotices(id).data?.items.filter(({ isYours }) => !isYours) ?? [];
  if (others.length === 0) return null;
  const label =
    others.length === 1 ? `${others[0]?.user.name} has a draft, too` : `${others.length} others have drafts, too`;
  return (
    <Popover width={320} shadow="md" withArrow>
      <Popover.Target>
        <UnstyledButton aria-label={label} title={label}>
          <Avatar.Group spacing={6}>
            {others.slice(0, maxFaces).map(({ user }) => (
              <Face key={user.id} name={user.name} size={24} />
            ))}
            {others.length > maxFaces && <Face name={`+ ${others.length - maxFaces}`} size={24} />}
          </Avatar.Group>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          {others.map((notice) => (
            <Notice key={notice.user.id} notice={notice} />
          ))}
          <Text size="xs" c="var(--sluice-muted)">
            Drafts are their authors’ own. Whoever publishes second is shown what changed and merges.
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Notice({ notice: { user, updatedAt, baseVersion } }: { notice: DraftNotice }) {
  return (
    <Text size="sm">
      <bdi>
        <b>{user.name}</b>
      </bdi>{' '}
      has a draft, last changed <RelativeTime at={updatedAt} />,{' '}
      {baseVersion === null ? 'of the flow before its first version' : `based on version ${baseVersion}`}
    </Text>
  );
}
