import { newId } from '@tilts/domain';
import { Consent } from '../consents/consent.entity.js';
import { Family } from '../families/family.entity.js';
import { Notice } from '../notices/notice.entity.js';
import { ReferralEvent, ReferralMessage } from '../referrals/referral-story.entity.js';
import { Referral } from '../referrals/referral.entity.js';
import { Device, Receipt } from '../sync/device.entity.js';
import { Visit } from '../visits/visit.entity.js';
import { Draft } from '../visits/draft.entity.js';
import { World, type Known, type Someone } from './testing/world.js';

/** Which rows exist for whom (row-security.sql), asked below every feature. */
describe('row security', () => {
  let world: World;
  let ilze: Someone;
  let anna: Someone;
  let social: Someone;
  let family: Known;
  let referral: { id: string; consentId: string };
  const refused = { driverError: { code: '42501' } };

  beforeAll(async () => {
    world = await World.make();
    ilze = await world.someone('mediator', [world.jelgava]);
    anna = await world.someone('mediator', [world.jelgava, world.dobele]);
    social = await world.someone('socialWorker');
    family = await world.register(ilze, world.jelgava);
    await world.visit(ilze, family);
    await world.register(anna, world.dobele);
    referral = await world.refer(ilze, family);
  });
  afterAll(() => world.end());

  const ids = async (someone: Someone, table: string, column = 'id'): Promise<unknown[]> =>
    (await someone.sees(`SELECT ${column} AS id FROM ${table}`)).map(({ id }) => id);
  const familyTables = [
    'person',
    'consent',
    'visit',
    'assistance',
    'assistance_person',
    'family_salt',
    'family_mediator',
    'family_stamp',
    'referral',
    'referral_snapshot',
  ];

  it('a mediator in the same city sees nothing of another’s family, nor can write into it', async () => {
    for (const table of familyTables) expect(await ids(anna, table, 'family_id')).not.toContain(family.id);
    await expect(world.visit(anna, family)).rejects.toMatchObject(refused);
    await anna.write(() => world.transaction.manager.update(Family, { id: family.id }, { status: 'paused' }));
    expect(await ilze.sees('SELECT status FROM family')).toEqual([{ status: 'active' }]);
  });

  it('a family is registered only where its mediator works, and in their own name', async () => {
    await expect(world.register(ilze, world.dobele)).rejects.toMatchObject({
      driverError: { code: expect.stringMatching(/42501|23502/) },
    });
    const forged = ilze.write(() =>
      world.transaction.manager.insert(Family, {
        municipalityId: world.jelgava,
        id: newId(),
        code: 'JEL-9999',
        status: 'active',
        openedOn: world.clock.today(),
        version: 1,
        createdBy: anna.id,
        sealed: Buffer.alloc(1),
      }),
    );
    await expect(forged).rejects.toMatchObject(refused);
  });

  it('of a visit only `current` may be changed, and nothing may be deleted', async () => {
    await expect(
      ilze.write(() => world.transaction.manager.update(Visit, { familyId: family.id }, { minutes: 5 })),
    ).rejects.toMatchObject(refused);
    for (const table of [...familyTables, 'family', 'audit_event', 'account']) {
      await expect(ilze.write(() => world.transaction.query(`DELETE FROM ${table}`))).rejects.toMatchObject({
        code: '42501',
      });
    }
  });

  it('reach is not for writing, identities not for reading', async () => {
    const reach = `INSERT INTO family_mediator VALUES ($1, $2, $3, $4, now(), NULL, 'cover')`;
    await expect(
      anna.write(() => world.transaction.query(reach, [world.jelgava, newId(), family.id, anna.id])),
    ).rejects.toMatchObject({ code: '42501' });
    for (const table of [
      'family_identity',
      'person_identity',
      'credential',
      'refresh_token',
      'sign_in_delay',
      'key_check',
      'audit_event',
    ]) {
      await expect(ilze.sees(`SELECT 1 FROM ${table}`)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('a social worker sees the referral and its snapshot, and nothing else of the family', async () => {
    expect(await ids(social, 'referral')).toEqual([referral.id]);
    expect(await ids(social, 'referral_snapshot', 'referral_id')).toEqual([referral.id]);
    expect(await ids(social, 'family_salt', 'family_id')).toEqual([family.id]);
    expect(await ids(social, 'consent')).toEqual([referral.consentId]);
    for (const table of [
      'family',
      'person',
      'visit',
      'assistance',
      'outcome',
      'family_mediator',
      'unrecorded_help',
      'assignment',
    ])
      expect(await social.sees(`SELECT 1 FROM ${table}`)).toEqual([]);
  });

  it('both sides write into the story, each in their own name', async () => {
    const at = { municipalityId: world.jelgava, familyId: family.id, referralId: referral.id };
    const message = (by: Someone, side: 'sender' | 'receiver'): object => ({
      ...at,
      id: newId(),
      side,
      by: by.id,
      at: world.clock.now().toISOString(),
      sealed: Buffer.alloc(40),
    });
    await ilze.write(() => world.transaction.manager.insert(ReferralMessage, message(ilze, 'sender')));
    await social.write(() => world.transaction.manager.insert(ReferralMessage, message(social, 'receiver')));
    await social.write(() =>
      world.transaction.manager.insert(ReferralEvent, {
        ...at,
        id: newId(),
        move: 'receive',
        status: 'received',
        side: 'receiver',
        by: social.id,
        at: world.clock.now().toISOString(),
      }),
    );
    await social.write(() => world.transaction.manager.update(Referral, { id: referral.id }, { status: 'received' }));
    await expect(
      social.write(() => world.transaction.manager.insert(ReferralMessage, message(ilze, 'sender'))),
    ).rejects.toMatchObject(refused);
    await expect(
      anna.write(() => world.transaction.manager.insert(ReferralMessage, message(anna, 'sender'))),
    ).rejects.toMatchObject(refused);
    expect(
      [
        await ids(ilze, 'referral_message'),
        await ids(social, 'referral_message'),
        await ids(anna, 'referral_message'),
      ].map(({ length }) => length),
    ).toEqual([2, 2, 0]);
  });

  it('another institution sees nothing', async () => {
    const other = await world.someone('socialWorker');
    await world.owner.query(
      'UPDATE account SET institution_id = (SELECT id FROM institution WHERE id <> $1 LIMIT 1) WHERE id = $2',
      [world.institution, other.id],
    );
    for (const table of ['referral', 'referral_snapshot', 'referral_message', 'family_salt', 'consent'])
      expect(await other.sees(`SELECT 1 FROM ${table}`)).toEqual([]);
  });

  it('a draft and a withdrawn draft do not exist for the institution', async () => {
    const draft = await world.refer(ilze, family);
    for (const status of ['draft', 'withdrawn']) {
      await world.owner.query('UPDATE referral SET sent_at = NULL, status = $2 WHERE id = $1', [draft.id, status]);
      expect(await ids(social, 'referral')).toEqual([referral.id]);
      expect(await ids(social, 'referral_snapshot', 'referral_id')).toEqual([referral.id]);
    }
  });

  it('who is told: the institution’s people, or today’s mediators; for a stranger nobody', async () => {
    const audience = (someone: Someone, side: string): Promise<unknown[]> =>
      someone.write(async () =>
        (
          await world.transaction.query('SELECT referral_audience($1, $2, $3) AS id', [
            world.jelgava,
            referral.id,
            side,
          ])
        ).map(({ id }) => id),
      );
    expect(await audience(ilze, 'receiver')).toEqual([social.id]);
    expect(await audience(social, 'sender')).toEqual([ilze.id]);
    expect(await audience(anna, 'sender')).toEqual([]);
  });

  it('a withdrawn consent ends the institution’s access to person, messages and keys at once', async () => {
    await ilze.write(() =>
      world.transaction.manager.insert(Consent, {
        municipalityId: world.jelgava,
        id: newId(),
        familyId: family.id,
        kind: 'share',
        giver: 'person',
        givenOn: world.clock.today(),
        noticeVersion: '2026-11',
        withdraws: referral.consentId,
        recordedBy: ilze.id,
        recordedAt: world.clock.now().toISOString(),
      }),
    );
    expect(await ids(social, 'referral')).toEqual([referral.id]);
    for (const table of ['referral_snapshot', 'referral_message', 'family_salt'])
      expect(await social.sees(`SELECT 1 FROM ${table}`)).toEqual([]);
    expect(await ids(ilze, 'referral_snapshot', 'referral_id')).toContain(referral.id);
  });

  it('drafts and notices are one’s own', async () => {
    const draft = {
      id: newId(),
      accountId: ilze.id,
      kind: 'visit' as const,
      sealed: Buffer.alloc(1),
      savedAt: world.clock.now().toISOString(),
    };
    await ilze.write(() => world.transaction.manager.insert(Draft, draft));
    await expect(
      anna.write(() => world.transaction.manager.insert(Draft, { ...draft, id: newId() })),
    ).rejects.toMatchObject(refused);
    const notice = {
      id: newId(),
      accountId: social.id,
      kind: 'sent' as const,
      referralId: referral.id,
      referralNumber: '2026-0001',
      at: world.clock.now().toISOString(),
    };
    await ilze.write(() => world.transaction.manager.insert(Notice, notice));
    await expect(
      anna.write(() => world.transaction.manager.insert(Notice, { ...notice, id: newId() })),
    ).rejects.toMatchObject(refused);
    expect([await ids(ilze, 'draft'), await ids(anna, 'draft')]).toEqual([[draft.id], []]);
    expect([await ids(social, 'notice'), await ids(ilze, 'notice')]).toEqual([[notice.id], []]);
  });

  it('devices and receipts are one’s own, and nobody writes stamps', async () => {
    const at = world.clock.now().toISOString();
    const device = {
      id: newId(),
      accountId: ilze.id,
      numbered: 1,
      receivedUpTo: 1,
      firstSeenAt: at,
      lastContactAt: at,
    };
    const receipt = {
      ...{
        id: newId(),
        deviceId: device.id,
        seq: 1,
        commandId: newId(),
        accountId: ilze.id,
        operation: 'POST /visits',
      },
      ...{ outcome: 'applied' as const, hash: Buffer.alloc(32), sealed: null, at },
    };
    const add = (someone: Someone, more: object, deviceId = device.id): Promise<unknown> =>
      someone.write(async () => {
        if (deviceId !== device.id)
          await world.transaction.manager.insert(Device, { ...device, id: deviceId, ...more });
        else await world.transaction.manager.insert(Receipt, { ...receipt, id: newId(), commandId: newId(), ...more });
      });
    await ilze.write(() => world.transaction.manager.insert(Device, device));
    await ilze.write(() => world.transaction.manager.insert(Receipt, receipt));
    // In Ilze's name, for Ilze's device, and by somebody who has none.
    await expect(add(anna, {}, newId())).rejects.toMatchObject(refused);
    await expect(add(anna, { accountId: anna.id, seq: 2 })).rejects.toMatchObject(refused);
    await expect(add(social, { accountId: social.id }, newId())).rejects.toMatchObject(refused);
    await anna.write(() => world.transaction.query('UPDATE device SET received_up_to = 9'));
    expect(await ilze.sees('SELECT received_up_to AS n FROM device')).toEqual([{ n: 1 }]);
    expect([await ids(ilze, 'receipt'), await ids(anna, 'receipt')]).toEqual([[receipt.id], []]);
    for (const change of [`UPDATE receipt SET outcome = 'applied'`, 'DELETE FROM receipt', 'DELETE FROM device'])
      await expect(ilze.write(() => world.transaction.query(change))).rejects.toMatchObject({ code: '42501' });
    for (const change of ['UPDATE family_stamp SET changed_in = 0', 'DELETE FROM family_stamp'])
      await expect(ilze.write(() => world.transaction.query(change))).rejects.toMatchObject({ code: '42501' });
  });

  it('what came by a rescue file is its own person’s, and a coordinator learns counts by functions only', async () => {
    const coordinator = await world.someone('coordinator');
    const [id, thing] = [newId(), newId()];
    const keep = (someone: Someone): Promise<unknown> =>
      someone.write(() =>
        world.transaction.query(`SELECT * FROM keep_rescued($1, $2, $3, $4, '{command}', '{2026-11-23}', $5, $5)`, [
          ilze.id,
          newId(),
          [id],
          [thing],
          [Buffer.alloc(1)],
        ]),
      );
    for (const someone of [ilze, anna, social]) await expect(keep(someone)).rejects.toMatchObject({ code: '42501' });
    expect(await keep(coordinator)).toEqual([{ at_office: 0, added: 1 }]);
    expect([await ids(ilze, 'rescued_work'), await ids(anna, 'rescued_work')]).toEqual([[id], []]);
    expect([await ids(coordinator, 'rescued_work'), await ids(social, 'rescued_work')]).toEqual([[], []]);
    for (const someone of [ilze, coordinator])
      for (const change of [
        `UPDATE rescued_work SET sealed = ''`,
        `INSERT INTO rescued_work SELECT * FROM rescued_work`,
      ])
        await expect(someone.write(() => world.transaction.query(change))).rejects.toMatchObject({ code: '42501' });
    for (const someone of [anna, coordinator])
      await someone.write(() => world.transaction.query('DELETE FROM rescued_work'));
    expect(await ids(ilze, 'rescued_work')).toEqual([id]);
    for (const someone of [ilze, social])
      await expect(someone.sees('SELECT * FROM rescued_standing($1)', [ilze.id])).rejects.toMatchObject({
        code: '42501',
      });
    await ilze.write(() => world.transaction.query('DELETE FROM rescued_work'));
    expect(await ids(ilze, 'rescued_work')).toEqual([]);
  });

  describe('accounts, links and the installation', () => {
    let coordinator: Someone;
    beforeAll(async () => {
      coordinator = await world.someone('coordinator');
      await world.owner.query(
        `INSERT INTO one_time_link (hash, account_id, purpose, removes_second_factors, made_at, expires_at) VALUES ('\\x01', $1, 'invitation', false, now(), now() + interval '1 day')`,
        [anna.id],
      );
    });

    const everybody = (): Someone[] => [ilze, social, coordinator];
    const refusals = async (someone: Someone, statement: string): Promise<unknown> =>
      expect(someone.write(() => world.transaction.query(statement))).rejects.toMatchObject({ code: '42501' });

    it('are written by no statement of a feature, not even by the coordinator’s', async () => {
      const nobody = newId();
      for (const someone of everybody()) {
        for (const statement of [
          `INSERT INTO account (id, role, language, salt, sealed, created_at, version) VALUES ('${nobody}', 'coordinator', 'lv', '', '', now(), 1)`,
          `UPDATE account SET role = 'coordinator'`,
          `UPDATE account SET joined_at = now()`,
          `UPDATE account SET sealed = ''`,
          `DELETE FROM account`,
          `SELECT * FROM credential`,
          `UPDATE credential SET password_hash = ''`,
          `SELECT hash FROM one_time_link`,
          `INSERT INTO one_time_link (hash, account_id, purpose, removes_second_factors, made_at, expires_at) VALUES ('', '${ilze.id}', 'invitation', false, now(), now())`,
          `UPDATE one_time_link SET expires_at = now() + interval '1 year'`,
          `UPDATE installation SET controller_name = 'Cits'`,
          `INSERT INTO controller_naming (id, name, since) VALUES ('${nobody}', 'Cits', now())`,
          `UPDATE session SET account_id = '${coordinator.id}'`,
        ])
          await refusals(someone, statement);
      }
    });

    it('the coordinator’s functions are the coordinator’s', async () => {
      for (const someone of [ilze, social]) {
        for (const statement of [
          `SELECT invite_account('${newId()}', 'coordinator', 'lv', NULL, '', '', '')`,
          `SELECT make_one_time_link('${coordinator.id}', 'passwordReset', '', now() + interval '1 day', false)`,
          `SELECT change_account('${someone.id}', 1, 'coordinator', 'lv', NULL, '', '')`,
          `SELECT end_account('${coordinator.id}')`,
          `SELECT end_sessions_of('${coordinator.id}', NULL)`,
          `SELECT * FROM devices_of('${coordinator.id}')`,
          `SELECT * FROM last_used(ARRAY['${coordinator.id}']::uuid[])`,
          `SELECT * FROM hand_over('${ilze.id}', '${world.jelgava}', '${anna.id}', '2099-01-01', NULL)`,
          `SELECT * FROM families_to_hand_over('${ilze.id}')`,
          `SELECT * FROM families_counted(ARRAY['${ilze.id}']::uuid[])`,
          `SELECT with_second_factor(ARRAY['${coordinator.id}']::uuid[])`,
          `SELECT name_controller('Cits')`,
          `SELECT finish_set_up()`,
        ])
          await refusals(someone, statement);
      }
    });

    it('no session’s id is told, not even one’s own: it opens what its person sees', async () => {
      const all = [ilze.sessionId, anna.sessionId, coordinator.sessionId];
      for (const someone of [ilze, coordinator]) {
        await refusals(someone, 'SELECT id FROM session');
        const [own, ...others] = await someone.sees<{ id: string; current: boolean }>('SELECT * FROM own_devices()');
        expect([own?.current, others]).toEqual([true, []]);
        expect(all).not.toContain(own?.id);
      }
      const devices = await coordinator.sees<{ id: string }>('SELECT id FROM devices_of($1)', [ilze.id]);
      expect(devices).toHaveLength(1);
      expect(all).not.toContain(devices[0]?.id);
      expect(await coordinator.sees('SELECT account_id FROM last_used($1)', [[anna.id]])).toEqual([
        { account_id: anna.id },
      ]);
    });

    it('one’s own session that ended stays ended', async () => {
      const revive = 'UPDATE session SET ended_at = NULL WHERE account_id = caller()';
      for (const someone of everybody()) await refusals(someone, revive);
    });

    it('of links the coordinator sees all but what opens them, anybody else their own', async () => {
      expect(await ids(coordinator, 'one_time_link', 'account_id')).toEqual([anna.id]);
      expect(await ids(anna, 'one_time_link', 'account_id')).toEqual([anna.id]);
      for (const someone of [ilze, social]) expect(await ids(someone, 'one_time_link', 'account_id')).toEqual([]);
    });

    it('the coordinator sees no family, nothing of it, and none of its keys', async () => {
      for (const table of [...familyTables, 'draft', 'notice']) expect(await ids(coordinator, table, '1')).toEqual([]);
      expect(await ids(coordinator, 'family')).toEqual([]);
    });
  });

  it('a closed account loses everything at once', async () => {
    await world.owner.query('UPDATE account SET ended_at = now() WHERE id = $1', [anna.id]);
    await expect(ids(anna, 'family')).rejects.toMatchObject({ code: 'SESSION_OVER' });
  });
});
