import { SimpleGrid, Stack } from '@mantine/core';
import { useSystem } from '../../api/system.ts';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { ArrivingMails } from './ArrivingMails.tsx';
import { HowToSend } from './HowToSend.tsx';
import { StatusCards } from './StatusCards.tsx';

/** The first page: how to send a mail, and the mails as they arrive. */
export function StartPage() {
  const system = useSystem();

  return (
    <Page title="Start" description="Send a mail, and watch the published flow decide where it goes.">
      <Stack gap="md">
        <StatusCards />
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
          <Resource query={system} name="The server's addresses">
            {(data) => <HowToSend system={data} />}
          </Resource>
          <ArrivingMails />
        </SimpleGrid>
      </Stack>
    </Page>
  );
}
