import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { faseDe, type Hechos } from './estado.ts'
import { motivoPorLicencia } from './identidad.ts'

const BASE: Hechos = {
  revocado: false,
  conIdentidad: true,
  sinSesion: false,
  sinConexion: false,
  lider: true,
  maquina: { kind: 'live' },
  pendientes: 0,
  atencion: 0,
}
const fase = (cambios: Partial<Hechos>) => faseDe({ ...BASE, ...cambios })

test('the five words of the chip, and which wins', () => {
  assert.is(fase({}), 'al_dia')
  assert.is(fase({ pendientes: 3 }), 'enviando')
  assert.is(fase({ maquina: { kind: 'connecting', attempt: 0 } }), 'enviando')
  assert.is(fase({ pendientes: 3, sinConexion: true }), 'sin_conexion')
  assert.is(fase({ atencion: 1 }), 'atencion')
  assert.is(fase({ atencion: 1, pendientes: 1 }), 'enviando')
  assert.is(fase({ maquina: { kind: 'blocked' } }), 'atencion')
  assert.is(fase({ sinSesion: true, sinConexion: true }), 'sin_sesion')
  assert.is(fase({ conIdentidad: false }), 'sin_sesion')
  assert.is(fase({ revocado: true, conIdentidad: false }), 'revocado')
})

test('a stream that ended is no lost connection; a tab that does not lead judges neither the network nor the session', () => {
  assert.is(fase({ maquina: { kind: 'waiting', attempt: 1, until: 0 } }), 'al_dia')
  assert.is(fase({ lider: false, sinConexion: true }), 'al_dia')
  assert.is(fase({ lider: false, sinSesion: true, sinConexion: true }), 'al_dia')
  assert.is(fase({ lider: false, conIdentidad: false }), 'sin_sesion')
})

test('R15: the lease, its limit of sales, and the seven days after', () => {
  const licencia = { id: 'x', dispositivoId: 'd', emitidaAt: 0, venceAt: 1_000, maxVentas: 2, jws: '' }
  const dias = (n: number) => 1_000 + n * 86_400_000
  assert.is(motivoPorLicencia(licencia, 1_000, 0, 'reembolso'), null)
  assert.is(motivoPorLicencia(licencia, 1_001, 0, 'reembolso'), 'LICENCIA_VENCIDA')
  assert.is(motivoPorLicencia(licencia, 500, 2, 'anulacion'), 'LICENCIA_VENCIDA')
  assert.is(motivoPorLicencia(licencia, dias(7), 0, 'venta'), null)
  assert.is(motivoPorLicencia(licencia, dias(7) + 1, 0, 'venta'), 'LICENCIA_AGOTADA')
  assert.is(motivoPorLicencia(null, 0, 0, 'venta'), 'LICENCIA_VENCIDA')
})

test.run()
