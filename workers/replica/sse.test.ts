import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { analizador, type Evento } from './sse.ts'

const leer = (...trozos: string[]): Evento[] => {
  const eventos: Evento[] = []
  const analizar = analizador((evento) => eventos.push(evento))
  for (const trozo of trozos) analizar(trozo)
  return eventos
}

test('events whole, cut anywhere, with either line ending', () => {
  const texto = 'event: cambio\ndata: {"seq":4,"colecciones":["config"]}\n\n'
  const esperado = [{ tipo: 'cambio', datos: { seq: 4, colecciones: ['config'] } }]
  assert.equal(leer(texto), esperado)
  for (let i = 1; i < texto.length; i++) assert.equal(leer(texto.slice(0, i), texto.slice(i)), esperado)
  const crlf = texto.replaceAll('\n', '\r\n')
  assert.equal(leer(crlf), esperado)
  for (let i = 1; i < crlf.length; i++) assert.equal(leer(crlf.slice(0, i), crlf.slice(i)), esperado)
})

test('comments, ids and events without data are skipped; data that is no JSON is null', () => {
  assert.equal(leer(': ping\n\n', 'event: hola\n\n', 'id: 3\nevent: hola\ndata: {"a":"x: y"}\n\n', 'data: nada\n\n'), [
    { tipo: 'hola', datos: { a: 'x: y' } },
    { tipo: 'message', datos: null },
  ])
})

test.run()
