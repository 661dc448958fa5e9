import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle, IconRefresh, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from 'react-router';
import type { DomainView } from '../../../schemas/api/domains.ts';
import { useCheckDomain, useDeleteDomain, useDomains } from '../../api/domains.ts';
import { useMay } from '../../api/session.ts';
import { BackLink } from '../../shell/BackLink.tsx';
import { confirm } from '../../shell/confirm.tsx';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { Page } from '../../shell/Page.tsx';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { Section } from '../settings/Section.tsx';
import { DkimKeys } from './DkimKeys.tsx';
import { DomainSettings } from './DomainSettings.tsx';
import { DomainState } from './DomainState.tsx';
import { RecordList } from './RecordList.tsx';

export function DomainPage() {
  const { id = '' } = useParams();
  const domains = useDomains();
  const domain = domains.data?.items.find((each) => each.id === id);
  return (
    <Page
      title={domain?.unicode ?? 'Domain'}
      width="narrow"
      back={<BackLink to="/domains">Domains</BackLink>}
      actions={domain && <DomainActions domain={domain} />}
    >
      <Resource query={domains} name="The domain">
        {() =>
          domain === undefined ? (
            <Alert icon={<IconInfoCircle size={18} />}>
              There is no such domain.{' '}
              <Anchor component={Link} to="/domains" size="sm">
                All domains
              </Anchor>
            </Alert>
          ) : (
            <DomainBody domain={domain} />
          )
        }
      </Resource>
    </Page>
  );
}

function DomainBody({ domain }: { domain: DomainView }) {
  return (
    <Stack gap="md">
      <Group gap={8}>
        <DomainState domain={domain} />
        <Text size="sm" c="var(--sluice-muted)">
          {domain.unicode !== domain.name && `${domain.name} · `}
          {domain.checkedAt === null ? (
            'never checked'
          ) : (
            <>
              checked <RelativeTime at={domain.checkedAt} />
            </>
          )}
        </Text>
      </Group>
      {domain.isMixed && (
        <Alert color="orange" icon={<IconAlertTriangle size={18} />}>
          One part of this name mixes alphabets, as names do that are made to look like another. Compare{' '}
          <b>{domain.name}</b> with the domain that you mean.
        </Alert>
      )}
      {domain.isReserved && (
        <Alert icon={<IconInfoCircle size={18} />}>
          The public DNS never knows this name, so there is nothing to verify: it is good for trials on this machine.
        </Alert>
      )}
      <Section
        title="DNS records"
        description="Publish these where the domain's DNS is kept. It may take some minutes, in rare cases a day, until they are seen."
      >
        <RecordList records={domain.records} />
      </Section>
      <DomainSettings key={domain.id} domain={domain} />
      <DkimKeys domain={domain} />
    </Stack>
  );
}

function DomainActions({ domain }: { domain: DomainView }) {
  const check = useCheckDomain();
  const remove = useDeleteDomain();
  const navigate = useNavigate();
  const maySet = useMay('settings');
  if (!maySet) return null;
  const askToDelete = () =>
    confirm({
      title: `Delete ${domain.unicode}?`,
      text: 'Its keys are gone for good, what is sent from it is not signed any more, and the receiver refuses its mail. Take its DKIM records out of the DNS afterwards.',
      yes: 'Delete the domain',
      onYes: () =>
        remove.mutate(domain.id, {
          onSuccess: () => void navigate('/domains'),
          onError: (error) => notifyError(error, 'Not deleted'),
        }),
    });
  return (
    <>
      <Button variant="default" color="red" leftSection={<IconTrash size={16} />} onClick={askToDelete}>
        Delete
      </Button>
      <Button
        leftSection={<IconRefresh size={16} />}
        loading={check.isPending}
        onClick={() =>
          check.mutate(domain.id, {
            onSuccess: ({ verified }) => notifyDone(verified ? 'Checked: verified' : 'Checked: not verified yet'),
            onError: (error) => notifyError(error),
          })
        }
      >
        Check now
      </Button>
    </>
  );
}
