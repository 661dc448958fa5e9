import { Anchor, Badge, Box, Code, Paper, ScrollArea, Stack, Table, Tabs, Text } from '@mantine/core';
import type { Interaction } from '../../../schemas/api/interactions.ts';
import type { Address, Email } from '../../../schemas/email.ts';
import { rawMailUrl } from '../../api/interactions.ts';
import { formatMoment, formatSize } from '../../shell/format.ts';
import { RemovedNote } from '../../shell/RemovedNote.tsx';
import { MailAttachments } from './MailAttachments.tsx';
import { MailHtml } from './MailHtml.tsx';
import classes from './MailPanel.module.css';
import { MailSource } from './MailSource.tsx';
import { MailText } from './MailText.tsx';
import { MailWarnings } from './MailWarnings.tsx';

export function MailPanel({ interaction }: { interaction: Interaction }) {
  const { email, id } = interaction;
  const { sourceRemoved } = interaction;
  if (!email && sourceRemoved) return <RemovedNote what="The source" removal={sourceRemoved} />;
  if (!email) {
    return (
      <Paper p="md" radius="md">
        <Stack gap="xs">
          <Text>
            {interaction.state === 'received'
              ? 'The mail is safely stored and is being read; this page shows it in a moment.'
              : 'This mail could not be read as a mail. It is kept byte for byte as it came.'}
          </Text>
          <Anchor href={rawMailUrl(id)} download size="sm">
            Download the source (.eml)
          </Anchor>
          {interaction.state !== 'received' && <MailSource id={id} />}
        </Stack>
      </Paper>
    );
  }
  return (
    <Paper radius="md">
      <MailHead email={email} />
      <MailWarnings email={email} />
      {sourceRemoved && email.attachments.length > 0 && (
        <Box px="md" pb="xs">
          <RemovedNote what="The source, with its attachments," removal={sourceRemoved} />
        </Box>
      )}
      <Tabs defaultValue="text" keepMounted={false}>
        <Tabs.List px="xs">
          <Tabs.Tab value="text">Text</Tabs.Tab>
          {email.html !== '' && <Tabs.Tab value="html">HTML</Tabs.Tab>}
          <Tabs.Tab value="headers">Headers</Tabs.Tab>
          {email.attachments.length > 0 && (
            <Tabs.Tab value="attachments" rightSection={<Badge color="gray">{email.attachments.length}</Badge>}>
              Attachments
            </Tabs.Tab>
          )}
          <Tabs.Tab value="source">Source</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="text" p="md">
          <MailText email={email} />
        </Tabs.Panel>
        <Tabs.Panel value="html" p="md">
          {/* Its pictures came with the source. */}
          <MailHtml html={email.html} {...(sourceRemoved === null && { interaction: id })} />
        </Tabs.Panel>
        <Tabs.Panel value="headers">
          <MailHeaders headers={email.headers} />
        </Tabs.Panel>
        <Tabs.Panel value="attachments" p="md">
          <MailAttachments id={id} attachments={email.attachments} isHere={sourceRemoved === null} />
        </Tabs.Panel>
        <Tabs.Panel value="source" p="md">
          {sourceRemoved ? (
            <RemovedNote what="The source" removal={sourceRemoved} left="What was read of the mail is still here." />
          ) : (
            <MailSource id={id} />
          )}
        </Tabs.Panel>
      </Tabs>
    </Paper>
  );
}

function MailHead({ email }: { email: Email }) {
  return (
    <Stack gap={2} px="md" pt="md" pb="xs">
      <Text size="md" fw={550}>
        <bdi>{email.from.name || email.from.address || '(no sender)'}</bdi>{' '}
        {email.from.name && (
          <Text span size="sm" c="var(--sluice-muted)" fw={400}>
            <bdi>{email.from.address}</bdi>
          </Text>
        )}
      </Text>
      <Recipients label="to" addresses={email.to} />
      <Recipients label="cc" addresses={email.cc} />
      <Recipients label="answers go to" addresses={email.replyTo} />
      <Text size="xs" c="var(--sluice-muted)">
        {email.date ? formatMoment(email.date) : 'no date'} · {formatSize(email.size)}
        {email.language && ` · language ${email.language}`}
      </Text>
    </Stack>
  );
}

function Recipients({ label, addresses }: { label: string; addresses: readonly Address[] }) {
  if (addresses.length === 0) return null;
  return (
    <Text size="sm" c="var(--sluice-muted)" lineClamp={2}>
      {label}{' '}
      {addresses.map(({ name, address }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same address may stand twice, and the list never changes
        <span key={i}>
          {i > 0 && ', '}
          <bdi>{name ? `${name} <${address}>` : address}</bdi>
        </span>
      ))}
    </Text>
  );
}

function MailHeaders({ headers }: { headers: Email['headers'] }) {
  const rows = Object.entries(headers).flatMap(([name, values]) => values.map((value) => [name, value] as const));
  return (
    <ScrollArea.Autosize mah={460} type="auto" viewportProps={{ tabIndex: 0 }}>
      <Table aria-label="Headers" verticalSpacing={4}>
        <Table.Tbody>
          {rows.map(([name, value], i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a header may stand twice with one value, and the list never changes
            <Table.Tr key={i}>
              <Table.Th w={170} style={{ verticalAlign: 'top' }} fz="xs" fw={500}>
                {name}
              </Table.Th>
              <Table.Td>
                <Code fz="xs" className={classes.header}>
                  {value}
                </Code>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
