import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { requireOnce, writeBeginningsOnce, writeOnce } from '../../../tools/build/once';

/** What a script leaves in `result`, with modules that say their names. */
const run = (script: string): unknown => {
	const scope = { require: (name: string) => ({ name }), result: undefined };
	runInNewContext(script, scope);
	return JSON.parse(JSON.stringify(scope.result));
};

const count = (script: string, text: string) => script.split(text).length - 1;

describe('each module is required once', () => {
	test('by the name that the first file gives it', () => {
		const script = 'var a=require("x"),b=require("y");var c=require("x");result=[a.name,b.name,c.name,a===c];';
		expect(count(requireOnce(script), 'require(')).toBe(2);
		expect(run(requireOnce(script))).toEqual(['x', 'y', 'x', true]);
	});

	test('except inside functions, which run later or never', () => {
		const script =
			'function f(){var a=require("x");return a}function g(){var b=require("x");return b}var {name}=require("x");result=[f(),g(),name];';
		expect(requireOnce(script)).toBe(script);
	});
});

describe('each text is written once', () => {
	const LONG = 'GET /clients/{id}';

	test.each([
		['values', `result=["${LONG}","${LONG}","${LONG}"];`],
		['values in either quotes', `result=["${LONG}",'${LONG}',"${LONG}"];`],
		[
			'what follows a word at once',
			`function f(x){switch(x){case"${LONG}":return"${LONG}"}return"${LONG}"in x}result=[f("${LONG}"),f({})];`,
		],
		['names of fields', `result={"${LONG}":1,other:{"${LONG}":"${LONG}"}};`],
		['fields taken out of objects', `let{"${LONG}":a}={"${LONG}":1};({"${LONG}":b}={"${LONG}":2});var b;result=[a,b];`],
		['fields read by their names', `let a={"${LONG}":1};result=[a["${LONG}"],"${LONG}"in a,a?.["${LONG}"]];`],
		['texts inside templates', `result=\`\${"${LONG}"} \${"${LONG}"}\`+"${LONG}";`],
	])('%s', (_, script) => {
		const once = writeOnce(script);
		expect(count(once, LONG)).toBe(1);
		expect(run(once)).toEqual(run(script));
	});

	test('and each function of JavaScript', () => {
		const script =
			'result=[Object.entries({a:1}),Object.fromEntries(Object.entries({b:2})),Object.entries("c"),Array.isArray([]),Array.isArray(1),[[1]].map(Array.isArray)];';
		const once = writeOnce(script);
		expect([count(once, 'Object.entries'), count(once, 'Array.isArray'), count(once, 'Object.fromEntries')]).toEqual([1, 1, 1]);
		expect(run(once)).toEqual(run(script));
	});

	test.each([
		['short ones', 'result=["a","a","b"];'],
		['one that comes once', `result="${LONG}";`],
		['names of modules', 'result=[require("n8n-workflow").name,require("n8n-workflow").name,require("n8n-workflow").name];'],
		[
			'directives',
			'function f(){"use strict";return this}function g(){"use strict";return this}function h(){"use strict"}result=[f()===void 0];',
		],
		['names of methods and fields of classes', `class A{"${LONG}"(){return 1}}class B{"${LONG}"=2}result=[new A()["${LONG}"](),new B()];`],
		['what typeof is compared with', 'let is=x=>typeof x=="boolean"||"boolean"===typeof x||typeof x!="boolean";result=is(1);'],
		[
			'what is no function of JavaScript',
			'let a={entries:()=>1};result=[a.entries(),a.entries(),a.entries(),Math.PI,Math.PI,Math.PI,Math.PI,Object.prototype.toString.call(1),Object.prototype.toString.call(1),Object.prototype.toString.call(1)];',
		],
		['functions that use what they belong to', 'result=[typeof Promise.resolve(1),typeof Promise.resolve(2),typeof Promise.resolve(3)];'],
		['a prototype', 'result=[{"__proto__":{a:1}}.a,{"__proto__":{a:2}}.a,{"__proto__":{a:3}}.a];'],
	])('but not %s', (_, script) => {
		expect(count(writeOnce(script), '$text')).toBe(0);
		expect(run(writeOnce(script))).toEqual(run(script));
	});
});

describe('each beginning that texts share is written once', () => {
	const BEGIN = 'GET /clients/{id}/accounts';

	test.each([
		['of values', `result=["${BEGIN}/a","${BEGIN}/b","${BEGIN}"];`],
		['of names of fields', `result={"${BEGIN}/a":1,"${BEGIN}/b":{"${BEGIN}/c":2}};`],
		['of fields taken out of objects', `let{"${BEGIN}/a":a,"${BEGIN}/b":b}={"${BEGIN}/a":1,"${BEGIN}/b":2};result=[a,b];`],
		['of texts whose own fields are read', `result=["${BEGIN}/a".length,"${BEGIN}/b".slice(-1),"${BEGIN}/c"+1,\`\${"${BEGIN}/d"}\`];`],
		['of texts in a directive’s script', `"use strict";result=["${BEGIN}/a","${BEGIN}/b",(function(){return this===void 0})()];`],
	])('%s', (_, script) => {
		const once = writeBeginningsOnce(script);
		expect(count(once, BEGIN)).toBe(1);
		expect(run(once)).toEqual(run(script));
	});

	test('also where a beginning contains another', () => {
		const script = `result=["${BEGIN}/long/one","${BEGIN}/long/two","${BEGIN}/long/six","${BEGIN}/a","${BEGIN}/b"];`;
		expect(run(writeBeginningsOnce(script))).toEqual(run(script));
	});

	test('but not where it saves nothing, and not of modules, directives and methods', () => {
		const script =
			'let a=require("n8n-one"),b=require("n8n-two");class A{"n8n-method"(){return 1}}result=[a.name,b.name,"ab","ac",new A()["n8n-method"]()];';
		expect(writeBeginningsOnce(script)).toBe(script);
	});

	test('the same with any texts', () => {
		const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '"', '\\', '\n', 'é', '/') }), { maxLength: 40 });
		fc.assert(
			fc.property(texts, (list) => {
				expect(run(writeBeginningsOnce(`result=${JSON.stringify(list)};`))).toEqual(list);
			}),
		);
	});
});
