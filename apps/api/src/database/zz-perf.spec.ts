import { World } from './testing/world.js';
import { newId } from '@tilts/domain';
it('perf', async () => {
  const w = await World.make();
  const people = [];
  for (let i = 0; i < 20; i++) people.push(await w.someone('mediator', [i % 2 ? w.jelgava : w.dobele]));
  const o = w.owner;
  for (const [i, p] of people.entries()) {
    await o.query(`INSERT INTO family (municipality_id,id,code,status,opened_on,version,created_by,sealed) SELECT $1, gen_random_uuid(), 'X-' || $3 || '-' || n, 'active', '2018-01-01', 1, $2, '\\x00' FROM generate_series(1,200) n`, [i % 2 ? w.jelgava : w.dobele, p.id, String(i)]);
  }
  await o.query(`INSERT INTO family_salt SELECT municipality_id, id, decode(md5(id::text),'hex') FROM family`);
  await o.query(`INSERT INTO person (municipality_id,id,family_id,household_role,gender,school_status,employment_status,version,sealed) SELECT municipality_id, gen_random_uuid(), id, 'child','notStated','unknown','unknown',1,'\\x00' FROM family, generate_series(1,4)`);
  await o.query(`INSERT INTO visit (municipality_id,id,visit_id,version,current,voided,family_id,project_id,day,minutes,channel,place,capacity,reached,need_areas,mediator_id,recorded_by,recorded_at,sealed)
   SELECT f.municipality_id, g.id, g.id, 1, true, false, f.id, $1, g.day, 30, 'homeVisit','home','mediator',true,'{EDU}', f.created_by, f.created_by, now(), '\\x00' FROM family f CROSS JOIN LATERAL (SELECT gen_random_uuid() AS id, date '2018-01-01' + (n*37 + hashtext(f.id::text) % 30) AS day FROM generate_series(1,75) n) g`, [w.project]);
  await o.query(`INSERT INTO referral (municipality_id,id,number,family_id,person_id,institution_id,need_area,status,ground,created_by,created_at,sent_at,due_on,version) SELECT municipality_id, gen_random_uuid(), '2018-' || row_number() over (), family_id, id, $1, 'SOC', CASE WHEN random() < 0.05 THEN 'received' ELSE 'completed' END, 'vitalInterest', (SELECT created_by FROM family f WHERE f.id = family_id), now(), now(), '2018-05-05', 1 FROM person`, [w.institution]);
  await o.query('VACUUM ANALYZE');
  const s = await w.someone('socialWorker');
  const me = people[3]!;
  const explain = async (who: typeof me, sql: string, params: unknown[] = []) => {
    const rows = await who.sees<Record<string, string>>('EXPLAIN (ANALYZE, BUFFERS OFF, COSTS OFF, TIMING OFF) ' + sql, params);
    console.log(sql + '\n' + rows.map((r) => r['QUERY PLAN']).join('\n'));
  };
  const [f] = await me.sees<{ id: string }>('SELECT id FROM family LIMIT 1');
  const [v] = await me.sees<{ visit_id: string }>('SELECT visit_id FROM visit LIMIT 1');
  await explain(me, 'SELECT * FROM family');
  await explain(me, 'SELECT * FROM person');
  await explain(me, `SELECT * FROM visit WHERE current ORDER BY day DESC, visit_id DESC LIMIT 50`);
  await explain(me, `SELECT * FROM visit WHERE current AND family_id = $1::uuid ORDER BY day DESC, visit_id DESC LIMIT 50`, [f!.id]);
  await explain(me, `SELECT * FROM visit WHERE visit_id = $1::uuid AND current`, [v!.visit_id]);
  await explain(me, `SELECT * FROM referral WHERE family_id = $1::uuid`, [f!.id]);
  await explain(me, `SELECT * FROM referral ORDER BY due_on LIMIT 50`);
  await explain(s, `SELECT * FROM referral WHERE institution_id = $1::uuid AND status IN ('sent','received','moreInfoNeeded','accepted','inProgress') ORDER BY due_on, id LIMIT 50`, [w.institution]);
  const t = process.hrtime.bigint();
  for (let i = 0; i < 300; i++) await me.read(() => w.transaction.query('SELECT * FROM visit WHERE current AND family_id = $1 ORDER BY day DESC, visit_id DESC LIMIT 50', [f!.id]));
  console.log('us per read of 50', Number(process.hrtime.bigint() - t) / 300 / 1000);
  const place = { table: 'family', id: newId(), tenant: w.jelgava }; const salt = w.seals.newSalt(); const sealed = w.seals.seal(place, salt, { name: 'abc', phone: '123' });
  const u = process.hrtime.bigint(); for (let i = 0; i < 5000; i++) w.seals.unseal(place, salt, sealed);
  console.log('us per unseal', Number(process.hrtime.bigint() - u) / 5000 / 1000);
  await w.end();
}, 120000);
