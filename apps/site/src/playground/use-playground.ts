/** What the visitor has done so far: two people, a message, and what became of it. */
import { isDimError } from 'dimp';
import { decodeUtf8 } from 'dimp/extend';
import { computed, reactive, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { send, type Journey } from './journey.ts';
import { makePeople, type People } from './people.ts';
import { deliver, type Outcome } from './reception.ts';
import { NOTHING, TAMPERINGS, textOfPackage, type Tampering } from './tampering.ts';

/** A try of somebody between them, and what the receiver's device said. */
export interface Attempt {
  readonly tampering: Tampering;
  readonly outcome: Outcome;
}

export interface Playground {
  /** What is typed and chosen. */
  readonly input: { sender: string; receiver: string; text: string; isProven: boolean; package: string };
  /** Whether something is worked on: making keys takes a moment. */
  readonly isBusy: Readonly<Ref<boolean>>;
  /** What was refused before anything went out, such as a name. */
  readonly fault: Readonly<Ref<string>>;
  readonly people: Readonly<ShallowRef<People | undefined>>;
  readonly journey: Readonly<ShallowRef<Journey | undefined>>;
  /** The changes that make sense for this message. */
  readonly tamperings: ComputedRef<readonly Tampering[]>;
  readonly tampering: Ref<Tampering>;
  readonly outcome: Readonly<ShallowRef<Outcome | undefined>>;
  readonly attempts: Readonly<ShallowRef<readonly Attempt[]>>;
  makePeople(): Promise<void>;
  send(): Promise<void>;
  deliver(): Promise<void>;
  tryAll(): Promise<void>;
}

export function usePlayground(): Playground {
  const input = reactive({ sender: 'Alice', receiver: 'Bob', text: 'Hello Bob!', isProven: true, package: '' });
  const [isBusy, fault] = [ref(false), ref('')];
  const people = shallowRef<People>();
  const journey = shallowRef<Journey>();
  const tampering = shallowRef<Tampering>(NOTHING);
  const outcome = shallowRef<Outcome>();
  const attempts = shallowRef<readonly Attempt[]>([]);
  const tamperings = computed(() =>
    TAMPERINGS.filter(({ field }) => field !== 'envelope_proof' || journey.value?.isProven === true),
  );

  watch([tampering, journey], () => {
    outcome.value = undefined;
    if (journey.value !== undefined) input.package = textOfPackage(tampering.value.change(journey.value));
  });

  async function work(action: () => Promise<void>): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    fault.value = '';
    try {
      await action();
    } catch (error) {
      if (!isDimError(error)) throw error;
      fault.value = error.message;
    } finally {
      isBusy.value = false;
    }
  }

  async function attempt(one: Tampering, sent: Journey): Promise<Attempt> {
    return { tampering: one, outcome: await deliver(sent, textOfPackage(one.change(sent)), one.copies) };
  }

  return {
    input,
    isBusy,
    fault,
    people,
    journey,
    tamperings,
    tampering,
    outcome,
    attempts,
    makePeople: async () =>
      work(async () => {
        [journey.value, attempts.value] = [undefined, []];
        people.value = await makePeople({ sender: input.sender, receiver: input.receiver });
      }),
    send: async () =>
      work(async () => {
        if (people.value === undefined) return;
        attempts.value = [];
        tampering.value = NOTHING;
        journey.value = await send(people.value, input.text, input.isProven);
      }),
    deliver: async () =>
      work(async () => {
        if (journey.value === undefined) return;
        outcome.value = await deliver(journey.value, input.package, tampering.value.copies);
      }),
    tryAll: async () =>
      work(async () => {
        const sent = journey.value;
        if (sent === undefined) return;
        const all: Attempt[] = [];
        for (const one of tamperings.value) all.push(await attempt(one, sent));
        attempts.value = all;
      }),
  };
}

/** The bytes of a package as text: they are JSON. */
export function textOfBytes({ bytes }: Journey): string {
  return decodeUtf8(bytes);
}
