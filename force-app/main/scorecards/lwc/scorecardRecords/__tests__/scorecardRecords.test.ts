import { isAccessMissing, readReps, readScorecard } from 'c/scorecardRecords';
import {
  answerWith,
  cardAnswer,
  DIALS,
  repsAnswer,
  TALK_RATIO,
  WON,
} from '../../../../../test/jest-support/scorecardAnswer.ts';

describe('c/scorecardRecords', () => {
  it('reads the card and its metrics', () => {
    const card = readScorecard(cardAnswer());
    expect(card).toMatchObject({ score: 71, scoreLow: 63, scoreHigh: 78, isVerified: true, watermark: 100 });
    expect(card?.calculatedAt?.toISOString()).toBe('2026-08-20T13:10:00.000Z');
    expect(card?.metrics.map(({ name }) => name)).toEqual(['dials', 'connectRate']);
    expect(card?.metrics[0]).toMatchObject({ value: 780, low: undefined, high: undefined, points: 19.5 });
  });

  it('reads months and weeks, also of a metric of which the quarter knows nothing', () => {
    const card = readScorecard(cardAnswer({}, [DIALS, WON, TALK_RATIO]));
    expect(card?.metrics.map(({ name }) => name)).toEqual(['dials', 'talkRatio']);
    expect(card?.periods.map(({ name, months, weeks }) => [name, months.length, weeks.length])).toEqual([
      ['dials', 3, 3],
      ['attainment', 3, 0],
    ]);
  });

  it('reads a card whose fields the user may not see', () => {
    const card = readScorecard(answerWith([{ Id: 'a001' }]));
    expect(card).toMatchObject({ dials: 0, score: undefined, watermark: 0, metrics: [] });
  });

  it('reads how the card and a metric compare with the quarter before', () => {
    const compared = {
      Change__c: 0.042,
      Change_Low__c: 0.006,
      Change_High__c: 0.079,
      Verdict__c: 'improved',
      History__c: 'Q1 2026:0.12;Q2 2026:0.14',
    };
    const card = readScorecard(
      cardAnswer({ Verdict__c: 'noEvidence', Change__c: 7 }, [{ ...DIALS, ...compared }]),
    );
    expect(card).toMatchObject({ change: 7, verdict: 'noEvidence' });
    expect(card?.metrics[0]).toMatchObject({
      change: 0.042,
      changeLow: 0.006,
      changeHigh: 0.079,
      verdict: 'improved',
      history: [
        { label: 'Q1 2026', value: 0.12 },
        { label: 'Q2 2026', value: 0.14 },
      ],
    });
  });

  it('leaves out of the history what is no figure, and a verdict it does not know', () => {
    const card = readScorecard(
      cardAnswer({ History__c: 'Q1 2026:;:4;Q2 2026:71.5;Q3', Verdict__c: 'better' }),
    );
    expect(card?.history).toEqual([{ label: 'Q2 2026', value: 71.5 }]);
    expect(card?.verdict).toBeUndefined();
  });

  it('reads levers, and leaves out what is none', () => {
    const deal = {
      kind: 'opportunity',
      metric: 'attainment',
      amount: 9_000,
      recordId: '006A',
      gain: 4.5,
      low: 4.5,
      high: 4.5,
    };
    const dials = { kind: 'count', metric: 'conversations', amount: 130, gain: 2.7, low: 1.9, high: 3.4 };
    const unknown = [
      { ...dials, kind: 'luck' },
      { ...deal, recordId: undefined },
      { ...dials, gain: null },
      7,
    ];
    const written = JSON.stringify([deal, ...unknown, dials]);
    expect(readScorecard(cardAnswer({ Levers__c: written }))?.levers).toEqual([deal, dials]);
    expect(readScorecard(cardAnswer({ Levers__c: written.slice(0, -9) }))?.levers).toEqual([]);
  });

  it('leaves out metrics it does not know, and those of which nothing is known', () => {
    const odd = [
      { ...DIALS, Metric__c: 'charm' },
      { ...DIALS, Value__c: null },
    ];
    const card = readScorecard(cardAnswer({}, [...odd, DIALS]));
    expect(card?.metrics).toHaveLength(1);
  });

  it.each([[undefined], [null], [{}], [{ uiapi: null }], [answerWith([])], ['text']])(
    'finds no card in %j',
    (data) => {
      expect(readScorecard(data)).toBeUndefined();
      expect(readReps(data)).toEqual([]);
    },
  );

  it('names each rep once, by name', () => {
    const tomas = { userId: '005T', name: 'Tomas Okafor' };
    const maya = { userId: '005M', name: 'Maya Lindqvist' };
    expect(readReps(repsAnswer([tomas, maya, tomas]))).toEqual([maya, tomas]);
  });

  it('tells missing access from other errors', () => {
    const denied =
      "Validation error (FieldUndefined@[uiapi/query/Rep_Scorecard__c]) : Field 'Rep_Scorecard__c' in type 'RecordQuery' is undefined";
    expect(isAccessMissing([{ message: denied }])).toBe(true);
    expect(
      isAccessMissing([{ message: 'Cannot query field "Rep_Scorecard__c" on type "RecordQuery".' }]),
    ).toBe(true);
    expect(isAccessMissing([{ message: 'Service unavailable' }])).toBe(false);
  });
});
