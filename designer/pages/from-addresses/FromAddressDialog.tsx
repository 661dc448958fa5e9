import { Anchor, Autocomplete, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import type { FromAddressView } from '../../../schemas/api/from-addresses.ts';
import { fromProblem } from '../../../schemas/from-address.ts';
import { useDomains } from '../../api/domains.ts';
import { useChangeFromAddress, useCreateFromAddress } from '../../api/from-addresses.ts';
import { Dialog } from '../../shell/Dialog.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyDone } from '../../shell/notify.ts';

interface FromAddressDialogProps {
  /** The one to change; a new one without. */
  entry: FromAddressView | undefined;
  groups: readonly string[];
  onClose: () => void;
}

export function FromAddressDialog({ entry, groups, onClose }: FromAddressDialogProps) {
  const create = useCreateFromAddress();
  const change = useChangeFromAddress();
  const domains = useDomains().data?.items;
  const [address, setAddress] = useState(entry?.address ?? '');
  const [name, setName] = useState(entry?.name ?? '');
  const [group, setGroup] = useState(entry?.group ?? '');
  const error = create.error ?? change.error;
  const problem = domains === undefined || !/@[^@]+\.[^@]+$/.test(address) ? null : problemOf(address, domains);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const words = { address: address.trim(), name: name.trim() };
    const onSuccess = () => {
      notifyDone(entry ? 'Saved' : 'Added');
      onClose();
    };
    if (entry) change.mutate({ id: entry.id, change: { ...words, group: group.trim() } }, { onSuccess });
    else create.mutate({ ...words, ...(group.trim() === '' ? {} : { group: group.trim() }) }, { onSuccess });
  };

  return (
    <Dialog onClose={onClose} title={entry ? 'Change the from address' : 'Add a from address'}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Address"
            placeholder="service@example.com"
            required
            data-autofocus
            maxLength={254}
            value={address}
            error={problem}
            onChange={({ currentTarget }) => setAddress(currentTarget.value)}
          />
          {problem && (
            <Anchor component={Link} to="/domains" size="sm">
              Go to the domains
            </Anchor>
          )}
          <TextInput
            label="Name"
            description="Shown beside the address in mail programs"
            placeholder="Service desk"
            maxLength={200}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Autocomplete
            label="Group"
            description="Routes and queues offer agents whole groups to answer from"
            maxLength={60}
            data={[...groups]}
            value={group}
            onChange={setGroup}
          />
          {error && <ErrorNote error={error} title="Not saved" />}
          <Group justify="space-between">
            <Text size="xs" c="var(--sluice-muted)">
              {entry ? '' : 'Choose it in a route, or in the auto-response of a flow.'}
            </Text>
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={create.isPending || change.isPending} disabled={problem !== null}>
                {entry ? 'Save' : 'Add'}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

type Domains = NonNullable<ReturnType<typeof useDomains>['data']>['items'];

function problemOf(address: string, domains: Domains): string | null {
  const judged = domains.map(({ name, verified }) => ({ name, ...(verified ? { verifiedAt: 'yes' } : {}) }));
  return fromProblem(address, judged);
}
