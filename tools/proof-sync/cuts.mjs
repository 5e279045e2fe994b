import { Scene } from './scene.mjs';
import { Wire } from './wire.mjs';

const LANES = 4;
const TRIES = 50;

/** (b) The network cut after every byte of an exchange, first of what goes up, then of what comes down; after each the phone tries again. */
export async function cuts({ office, random, stride, say, Kind }) {
  const scene = await Scene.of(office, random, { mediators: LANES, Kind });
  const wires = [];
  try {
    for (const desk of scene.desks) {
      const wire = await Wire.to(() => office.port);
      wires.push(wire);
      desk.phone.wire = wire;
      desk.phone.inLine = 1;
      desk.register();
      await heal(desk.phone);
    }
    const counts = { up: 0, down: 0 };
    for (const direction of /** @type {const} */ (['up', 'down'])) {
      let next = 0;
      let isThrough = false;
      const lane = async (desk) => {
        while (!isThrough) {
          const at = next;
          next += stride;
          if (at % 200 < stride) say(`cut after byte ${at} on the way ${direction}`);
          if (await wasCut(desk, direction, at)) counts[direction] += 1;
          else isThrough = true;
          await heal(desk.phone);
        }
      };
      await Promise.all(scene.desks.map(lane));
    }
    for (const { phone } of scene.desks) phone.wire = undefined;
    await scene.settle();
    return { scene, happened: `${counts.up} cuts on the way up, ${counts.down} on the way down` };
  } finally {
    for (const wire of wires) await wire.close();
  }
}

/** Two things are done and sent over a wire that breaks after that byte; answers whether the exchange was long enough for it. */
async function wasCut(desk, direction, at) {
  const { phone } = desk;
  const { wire } = phone;
  desk.visit();
  desk.changeFamily();
  wire.wasCut = false;
  wire[direction === 'up' ? 'cutUp' : 'cutDown'] = at;
  await phone.exchange();
  wire.cutUp = wire.cutDown = Infinity;
  return wire.wasCut;
}

async function heal(phone) {
  for (let tries = 0; phone.isWaiting(); tries += 1) {
    if (tries === TRIES) throw new Error('After a cut the phone does not get through any more');
    await phone.exchange();
  }
}
