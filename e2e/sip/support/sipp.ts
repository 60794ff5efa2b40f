import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RunningProgram } from './runningProgram.ts';
import { SWITCH_ADDRESS, type SwitchPorts } from './realSwitch.ts';

export interface SippOptions {
  readonly name: string;
  readonly scenario: string;
  readonly address: string;
  readonly port: number;
  readonly parameters: readonly string[];
}

/** Runs sipp with a scenario, from an address of the loopback, towards the switch. */
export async function runSipp(
  lab: { readonly directory: string; readonly ports: Pick<SwitchPorts, 'sip'> },
  options: SippOptions,
): Promise<RunningProgram> {
  const directory = join(lab.directory, `${options.name}-${process.hrtime.bigint()}`);
  await mkdir(directory);
  const scenarioFile = join(directory, 'scenario.xml');
  await writeFile(scenarioFile, options.scenario);
  return new RunningProgram({
    name: options.name,
    command: '/usr/bin/sipp',
    parameters: [
      ...['-sf', scenarioFile, '-i', options.address, '-p', String(options.port), '-nostdin'],
      ...options.parameters,
      `${SWITCH_ADDRESS}:${lab.ports.sip}`,
    ],
    environment: { TERM: 'dumb' },
    directory,
    logFile: join(directory, 'sipp.log'),
  });
}

/** The sound of a call whose SIP is sipp's is another's: the keyword `ear_port` says where it is heard. */
function answer(direction: 'sendrecv' | 'recvonly', to: string): string {
  return `<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
${to}
[last_Call-ID:]
[last_CSeq:]
[last_Record-Route:]
Contact: <sip:[local_ip]:[local_port]>
Content-Type: application/sdp
Content-Length: [len]

v=0
o=prospect 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio [ear_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
a=${direction}
]]></send>
  <recv request="ACK"/>`;
}

/** A further offer of the phone's, which must ask for this direction. */
function offered(direction: string): string {
  return `<recv request="INVITE" rrs="true"><action>
    <ereg regexp="a=${direction}" search_in="body" check_it="true" assign_to="${direction}"/>
  </action></recv>
  <nop><action><log message="asked for [$${direction}]"/></action></nop>`;
}

/** Answers one call, is held and taken off hold once, and is hung up on. */
export const IS_HELD = `<?xml version="1.0" encoding="UTF-8"?>
<scenario name="is held">
  <recv request="INVITE" rrs="true"/>
  ${answer('sendrecv', '[last_To:];tag=[pid]prospect[call_number]')}
  ${offered('sendonly')}
  ${answer('recvonly', '[last_To:]')}
  ${offered('sendrecv')}
  ${answer('sendrecv', '[last_To:]')}
  <recv request="BYE"/>
  <send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0
]]></send>
</scenario>
`;

/** Answers one call, hands it on when it is asked to by REFER, says that this succeeded, and ends its own leg. */
export const TAKES_A_TRANSFER = `<?xml version="1.0" encoding="UTF-8"?>
<scenario name="takes a transfer">
  <recv request="INVITE" rrs="true"><action>
    <ereg regexp=".*" search_in="hdr" header="From:" assign_to="caller"/>
    <ereg regexp=".*" search_in="hdr" header="To:" assign_to="callee"/>
  </action></recv>
  <send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:];tag=[pid]prospect[call_number]
[last_Call-ID:]
[last_CSeq:]
[last_Record-Route:]
Contact: <sip:[local_ip]:[local_port]>
Content-Type: application/sdp
Content-Length: [len]

v=0
o=prospect 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio [media_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000
]]></send>
  <recv request="ACK"/>
  <recv request="REFER"><action>
    <ereg regexp="sip:\\+[0-9]+@[0-9.]+" search_in="hdr" header="Refer-To:" check_it="true" assign_to="target"/>
    <ereg regexp="[0-9a-f-]{36}" search_in="hdr" header="X-Scoreline-Call:" check_it="true" assign_to="callId"/>
    <log message="handed to [$target] in call [$callId]"/>
  </action></recv>
  <send><![CDATA[
SIP/2.0 202 Accepted
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
Content-Length: 0
]]></send>
  <send retrans="500"><![CDATA[
NOTIFY [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
[routes]
From:[$callee];tag=[pid]prospect[call_number]
To:[$caller]
Call-ID: [call_id]
CSeq: 1 NOTIFY
Max-Forwards: 70
Contact: <sip:[local_ip]:[local_port]>
Event: refer
Subscription-State: terminated;reason=noresource
Content-Type: message/sipfrag
Content-Length: [len]

SIP/2.0 200 OK
]]></send>
  <recv response="200"/>
  <send retrans="500"><![CDATA[
BYE [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
[routes]
From:[$callee];tag=[pid]prospect[call_number]
To:[$caller]
Call-ID: [call_id]
CSeq: 2 BYE
Max-Forwards: 70
Content-Length: 0
]]></send>
  <recv response="200"/>
</scenario>
`;

/** An INVITE that looks like any other, and waits for nothing. */
export const FLOOD = `<?xml version="1.0" encoding="UTF-8"?>
<scenario name="flood">
  <send><![CDATA[
INVITE sip:+13035550142@calls.sandbox.test SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:005000000000001AAA@calls.sandbox.test>;tag=[pid]flood[call_number]
To: <sip:+13035550142@calls.sandbox.test>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:flood@[local_ip]:[local_port]>
Max-Forwards: 70
Content-Length: 0
]]></send>
</scenario>
`;
