import * as tf from '@tensorflow/tfjs';
import { compiledEngine } from './src/engine/compiled.ts';
import { eagerEngine } from './src/engine/eager.ts';
import { optimise, toOnnxGraph } from './src/engine/compile.ts';
import { trace } from './src/engine/tracer.ts';
import { lower } from './src/engine/lower.ts';
import { leakyRelu } from './src/nets/mlp.ts';
const B=4;
// D: conv stride2 lrelu conv stride2 lrelu dense; G: dense, reshape, convT bn relu convT tanh
const shapes = { w1:[4,4,3,8], b1:[8], w2:[4,4,8,16], b2:[16], w3:[4*4*16,1], g0:[10,4*4*16], gs:[16], go:[16], g1:[4,4,8,16], gs1:[8], go1:[8], g2:[4,4,3,8], x:[B,16,16,3], z:[B,10] };
const disc = (p:any)=>(x:any)=>{ const h1=leakyRelu(tf.add(tf.conv2d(x,p.w1,2,'same'),p.b1),0.2); const h2=leakyRelu(tf.add(tf.conv2d(h1 as any,p.w2,2,'same'),p.b2),0.2); return tf.matMul(h2.reshape([h2.shape[0]!,4*4*16]),p.w3); };
const bn=(x:any,s:any,o:any)=>{const {mean,variance}=tf.moments(x,[0,1,2]); return tf.batchNorm(x,mean as any,variance as any,o,s,1e-5);};
const gen=(p:any)=>(z:any)=>{ let h:any=tf.matMul(z,p.g0).reshape([B,4,4,16]); h=tf.relu(bn(h,p.gs,p.go)); h=tf.conv2dTranspose(h,p.g1,[B,8,8,8],2,'same'); h=tf.relu(bn(h,p.gs1,p.go1)); return tf.tanh(tf.conv2dTranspose(h,p.g2,[B,16,16,3],2,'same'));};
const fn=(t:any)=>{
  const {value:dl,grads:dg}=tf.valueAndGrads((w1:any,b1:any,w2:any,b2:any,w3:any)=>{ const p={...t,w1,b1,w2,b2,w3}; const D=disc(p); const fake=gen(t)(t.z);
    const logits=D(tf.concat([t.x,fake],0)); const [a,b]=tf.split(logits,2,0); const g=tf.grad((q:any)=>tf.sum(D(q)))(tf.add(tf.mul(t.x,0.3),tf.mul(fake,0.7)));
    const pen=tf.mean(tf.square(tf.sub(tf.sqrt(tf.add(tf.sum(tf.square(g),[1,2,3]),1e-12)),1)));
    return tf.add(tf.add(tf.mean(tf.softplus(tf.neg(a!))),tf.mean(tf.softplus(b!))),tf.mul(10,pen)) as any;})([t.w1,t.b1,t.w2,t.b2,t.w3]);
  const {value:gl,grads:gg}=tf.valueAndGrads((g0:any,gs:any,go:any,g1:any,gs1:any,go1:any,g2:any)=>{const p={...t,g0,gs,go,g1,gs1,go1,g2}; return tf.mean(tf.softplus(tf.neg(disc(t)(gen(p)(t.z))))) as any;})([t.g0,t.gs,t.go,t.g1,t.gs1,t.go1,t.g2]);
  return {dl,gl,...Object.fromEntries(dg.map((g:any,i:number)=>['d'+i,g])),...Object.fromEntries(gg.map((g:any,i:number)=>['gg'+i,g]))};
};
const arr=Object.fromEntries(Object.entries(shapes).map(([n,s])=>[n,Float32Array.from({length:s.reduce((a,b)=>a*b,1)},()=>(Math.random()-.5)*(n==='x'||n==='z'?2:.4)+(n.startsWith('gs')?1:0))]));
const sig={state:{},inputs:shapes};
const c=await compiledEngine('cpu').prepare(fn as any,sig); const e=await (await eagerEngine('cpu')).prepare(fn as any,sig);
const rc=await c.run(arr), re=await e.run(arr);
for(const n of Object.keys(re)){let m=0,s=0; re[n]!.forEach((v,i)=>{m=Math.max(m,Math.abs(v-rc[n]![i]!));s=Math.max(s,Math.abs(v));}); console.log(n,s.toFixed(4),m.toExponential(2));}
const cnt=(g:any)=>{const m:any={};for(const n of g.nodes)m[n.op]=(m[n.op]??0)+1;return m;};
const o=optimise(trace(fn as any,shapes));
console.log('before',cnt(lower(o)).Transpose, 'after',cnt(toOnnxGraph(o)));
const og=toOnnxGraph(o); const def=new Map(); for(const n of og.nodes) for(const out of n.outputs) def.set(out,n);
const users=new Map(); for(const n of og.nodes) for(const i of n.inputs) users.set(i,[...(users.get(i)??[]),n.op]);
for(const n of og.nodes) if(n.op==='Transpose') console.log(def.get(n.inputs[0])?.op ?? [...og.inputs].find(([,v])=>v===n.inputs[0])?.[0], JSON.stringify(n.inputs[0]!.shape), JSON.stringify(n.attributes.perm), users.get(n.outputs[0]));
console.log('----');
for(const n of og.nodes) if(n.op==='Transpose' && JSON.stringify(n.inputs[0]!.shape)==='[4,8,8,8]' && JSON.stringify(n.attributes.perm)==='[0,2,3,1]'){ const show=(v:any,d:number):string=>{const m=def.get(v); return d===0||!m? JSON.stringify(v.shape): m.op+'('+m.inputs.map((i:any)=>show(i,d-1)).join(', ')+'):'+JSON.stringify(v.shape);}; for(const u of og.nodes) if(u.inputs.includes(n.outputs[0]!)) console.log(show(u.outputs[0],4)); }
