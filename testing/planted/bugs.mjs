// Bugs planted on purpose: each is a mistake that somebody could make, and the one quick test file that must notice it. `search` stands
// exactly once in `file`; when the code moves, the runner says so, and the entry is moved with it.

/**
 * @typedef {object} Bug
 * @property {string} file
 * @property {string} search
 * @property {string} replace
 * @property {string} says what is wrong, in a sentence
 * @property {string} test the test file that must fail
 * @property {boolean} [full] planted only in the full suite: its test starts a database
 */

/** @type {Bug[]} */
export const BUGS = [
  // ---- rules ---------------------------------------------------------------------------------------------------------------
  {
    file: 'schema/core/dinero.ts',
    search: "return revisarCentavos(Number(enteros) * 100 + Number(decimales.padEnd(2, '0')), campo)",
    replace: 'return revisarCentavos(Math.floor(Number(texto) * 100), campo)',
    says: 'pesos become centavos through a double: 1.15 is charged as 1.14',
    test: 'schema/core/dinero.test.ts',
  },
  {
    file: 'schema/domain/puntos/puntos.ts',
    search: 'return Number((BigInt(montoCentavos) * BigInt(multiplicadorPct)) / (BigInt(valorPuntoCentavos) * 100n))',
    replace: 'return Math.round((montoCentavos * multiplicadorPct) / (valorPuntoCentavos * 100))',
    says: 'points are rounded instead of floored',
    test: 'schema/domain/puntos/puntos.test.ts',
  },
  {
    file: 'schema/domain/puntos/puntos.ts',
    search: 'return porPromesa > porVigente ? desglose(venta, delDispositivo, porPromesa) : desglose(venta, vigente, porVigente)',
    replace: 'return desglose(venta, vigente, porVigente)',
    says: 'R12: a change of rules takes from the shopper what the till had promised',
    test: 'schema/domain/puntos/puntos.test.ts',
  },
  {
    file: 'schema/domain/hechos/juzgar.ts',
    search: 'if ((visto && lugar(visto) === lugar(entrada)) || cambios.veredictos.has(lugar(entrada))) return',
    replace: 'if (cambios.veredictos.has(lugar(entrada))) return',
    says: 'R1: an entry judged in an earlier batch is judged again',
    test: 'schema/domain/hechos/juzgar.test.ts',
  },
  {
    file: 'schema/domain/hechos/dictaminar.ts',
    search: 'return visto !== undefined && lugar(visto) !== lugar(entrada)',
    replace: 'return false',
    says: 'R1: the same hecho at another place of another chain counts twice',
    test: 'schema/domain/hechos/juzgar.test.ts',
  },
  {
    file: 'schema/domain/hechos/juzgar-venta.ts',
    search: 'cambios.usosQr.set(uso, t.id)',
    replace: 'cambios.usosQr.delete(uso)',
    says: 'R2: the use of a QR is not written down, so the next batch credits it again',
    test: 'schema/domain/hechos/juzgar-venta.test.ts',
  },
  {
    file: 'schema/domain/hechos/retener.ts',
    search: ['|$', '{qr.llave}|'].join(''),
    replace: '|',
    says: 'R2: two phones of one card share their counters, and an honest sale is held',
    test: 'schema/domain/hechos/juzgar-venta.test.ts',
  },
  {
    file: 'schema/domain/hechos/juzgar-reembolso.ts',
    search: 'const delta = puntosPorDevolver(t.puntosOtorgados, t.reembolsadoCentavos, t.montoCentavos) - t.puntosDevueltos',
    replace: 'const delta = puntosPorDevolver(t.puntosOtorgados, aplicado, t.montoCentavos)',
    says: 'R6: each partial refund floors by itself, so the points of ten small ones are kept',
    test: 'schema/domain/hechos/juzgar-reembolso.test.ts',
  },
  {
    file: 'schema/domain/hechos/juzgar-reembolso.ts',
    search: 'const aplicado = Math.min(queda, datos.montoCentavos)',
    replace: 'const aplicado = datos.montoCentavos',
    says: 'R6: a refund beyond what remains is applied whole',
    test: 'schema/domain/hechos/juzgar-reembolso.test.ts',
  },
  {
    file: 'schema/domain/hechos/efectivo.ts',
    search: 'return Math.min(Math.max(horaCorregida(marca), ultimoEffAt, desdeQr), recibidoAt)',
    replace: 'return Math.max(horaCorregida(marca), ultimoEffAt, desdeQr)',
    says: 'R11: a till whose clock runs ahead sells in the future',
    test: 'schema/domain/hechos/efectivo.test.ts',
  },
  {
    file: 'schema/domain/hechos/mover-puntos.ts',
    search: 'const sobregiro = Math.max(0, puntos - saldo.puntosDisponibles)',
    replace: 'const sobregiro = 0',
    says: 'R6: points already spent make the balance negative without a name',
    test: 'schema/domain/hechos/juzgar-reembolso.test.ts',
  },
  {
    file: 'schema/domain/hechos/espera.ts',
    search: 'return esperas.map((espera) => espera.entrada).sort((a, b) => a.n - b.n)',
    replace: 'return []',
    says: 'R14: what waited for a sale is forgotten when the sale arrives',
    test: 'schema/domain/hechos/juzgar-reembolso.test.ts',
  },
  {
    file: 'schema/domain/hechos/juzgar-ajuste.ts',
    search: 'const retencion = retencionesActivas(libro, t).find((r) => r.regla === datos.regla)',
    replace: 'const retencion = retencionesActivas(libro, t)[0]',
    says: 'an approval lifts whatever holds, not the rule it names',
    test: 'schema/domain/hechos/juzgar-ajuste.test.ts',
  },
  {
    file: 'schema/domain/hechos/juzgar-ajuste.ts',
    search: ' || !puedeDecidir(libro, entrada)',
    replace: '',
    says: 'a till approves held points by claiming to be the dueño',
    test: 'schema/domain/hechos/juzgar-ajuste.test.ts',
  },

  // ---- merge ---------------------------------------------------------------------------------------------------------------
  {
    file: 'schema/merge/campos.ts',
    search: 'if (orden !== 0) return orden > 0 ? a : b',
    replace: 'if (orden !== 0) return a',
    says: 'R7: whoever merges wins, instead of the larger stamp',
    test: 'schema/merge/campos.test.ts',
  },
  {
    file: 'schema/merge/campos.ts',
    search: 'sellos[campo] = [Math.min(effAt, recibidoAt), dispositivo]',
    replace: 'sellos[campo] = [effAt, dispositivo]',
    says: 'PS2: a device whose clock runs a year ahead wins every field for a year',
    test: 'schema/merge/campos.test.ts',
  },
  {
    file: 'schema/merge/campos.ts',
    search: 'nuevo.sellos[campo] = [Math.max(ahora, selloDe(doc, campo)[0] + 1, borrado + 1), dispositivo]',
    replace: 'nuevo.sellos[campo] = [ahora, dispositivo]',
    says: 'R7: after its clock was set back, a device’s own edit loses to its earlier one',
    test: 'schema/merge/campos.test.ts',
  },
  {
    file: 'schema/merge/perdidas.ts',
    search: "return distintaMano(queda, campo, pierde, campo) ? perdida('edicion_perdida', pierde, campo, queda, campo) : null",
    replace: 'return null',
    says: 'PS3: a value that lost vanishes without a row in the inbox',
    test: 'schema/merge/perdidas.test.ts',
  },

  // ---- journal, on the till ------------------------------------------------------------------------------------------------
  {
    file: 'workers/replica/guardar.ts',
    search: '  const faltan = await queFalta(puertos, coleccion, escrituras, campo)\n',
    replace: '  const faltan: string[] = fallo ? escrituras.map(({ nueva }) => nueva.id) : []\n',
    says: 'a sale is called registered without reading it back from the disk',
    test: 'workers/replica/promesas.test.ts',
  },
  {
    file: 'workers/replica/uploader.ts',
    search: 'desde = esperado\n',
    replace: 'desde += lote.cuerpos.length\n',
    says: 'DI1: the uploader follows its own count, not the server’s `esperado`',
    test: 'workers/replica/replica.test.ts',
    full: true, // it never ends: the time limit of its test is waited for
  },
  {
    file: 'workers/replica/uploader.ts',
    search: "return vecino?.seq === esperado - 1 && vecino.estado === 'pendiente' ? vecino.seq : esperado",
    replace: 'return esperado',
    says: 'DI2: after a doubt the entry below `esperado` is called received without being compared',
    test: 'workers/replica/replica.test.ts',
  },
  {
    file: 'workers/replica/uploader.ts',
    search: 'await diario.rescatar(cadenaId)\n',
    replace: '',
    says: 'a disk that went back behind the server forgets what it had pending',
    test: 'workers/replica/replica.test.ts',
  },
  {
    file: 'workers/replica/uploader.ts',
    search: "const selector = { estado: 'pendiente', cadenaId, seq: { $lte: hasta } }",
    replace: "const selector = { estado: 'pendiente', cadenaId }",
    says: 'DI3: what the server did not acknowledge is marked as received',
    test: 'workers/replica/promesas.test.ts',
  },
  {
    file: 'workers/replica/diario.ts',
    search: 'cadena.cabeza = (await leerCabeza(deps.almacen(), cadena.nota.cadenaId, cadena.cabeza.seq)) ?? cadena.cabeza\n',
    replace: 'break\n',
    says: 'two tabs take one number: the loser gives up instead of taking the next',
    test: 'workers/replica/promesas.test.ts',
    full: true,
  },
  {
    file: 'workers/replica/diario.ts',
    search: 'const folioNumero = cadena.cabeza.folioNumero + (folio ? 1 : 0)',
    replace: 'const folioNumero = cadena.cabeza.folioNumero + 1',
    says: 'an entry that takes no folio leaves a hole in the series',
    test: 'workers/replica/promesas.test.ts',
    full: true,
  },
  {
    file: 'workers/replica/envio.ts',
    search: 'const roto = (await sha256(renglon.cuerpo)) !== renglon.hash',
    replace: 'const roto = false',
    says: 'DI5: a torn entry is sent as if it were what was sold',
    test: 'workers/replica/replica.test.ts',
    full: true,
  },

  {
    file: 'workers/replica/aparato.ts',
    search: "if ((await cadenasPendientes(almacen())).length > 0) throw new FalloDeRed('DIARIO_HUECO', 409)",
    replace: '',
    says: 'DI9: a revoked till erases itself while something sold is still here',
    test: 'workers/replica/replica.test.ts',
    full: true,
  },
  {
    file: 'workers/replica/vigia.ts',
    search: '      for (const cerrar of vida.abiertas) cerrar()\n',
    replace: '',
    says: 'a sale open when the worker dies waits for ever',
    test: 'workers/replica/vigia.test.ts',
  },
  {
    file: 'workers/replica/sincronizador.ts',
    search: '      tocar() // what was recorded after this exchange had uploaded\n',
    replace: '',
    says: 'a sale made while the connection opens stays here until the next one',
    test: 'workers/replica/promesas.test.ts',
    full: true,
  },

  // ---- pull, on the till ---------------------------------------------------------------------------------------------------
  {
    file: 'workers/replica/bajada.ts',
    search: 'await barrer(coleccion, ids ?? new Set())\n',
    replace: '',
    says: 'PU4: after a restart rows that are gone at the server stay here for ever',
    test: 'workers/replica/bajada.test.ts',
  },
  {
    file: 'workers/replica/bajada.ts',
    search: 'if (barriendo && !vistos.has(coleccion)) {',
    replace: 'if (barriendo && vistos.size > 99) {',
    says: 'PU4: a restart cut by the death of the worker goes on, and sweeps what its first pages brought',
    test: 'workers/replica/bajada.test.ts',
  },
  {
    file: 'workers/replica/bajada.ts',
    search: 'if (_deleted) {',
    replace: 'if (_deleted && previa?.borrado) {',
    says: 'PU3: a row that left the slice stays on this device',
    test: 'workers/replica/bajada.test.ts',
    full: true,
  },

  // ---- journal, on the server ----------------------------------------------------------------------------------------------
  {
    file: 'sync-server/sync/recepcion.ts',
    search: 'const nuevos = lote.enviados.filter((e) => e.seq >= estado.esperado)',
    replace: 'const nuevos = lote.enviados',
    says: 'DI2: an overlap is received again instead of skipped',
    test: 'sync-server/sync/receive.test.ts',
  },
  {
    file: 'sync-server/sync/recepcion.ts',
    search: 'if (nuevos[0] && nuevos[0].seq === estado.esperado) recepcion.tomar(nuevos)',
    replace: 'if (nuevos[0]) recepcion.tomar(nuevos)',
    says: 'DI5: entries beyond a gap are taken as if nothing were missing',
    test: 'sync-server/sync/receive.test.ts',
    full: true,
  },
  {
    file: 'sync-server/sync/recepcion.ts',
    search: 'this.recibidoAt = Math.max(lote.ahora, contador.ultimoRecibidoAt) // DI10',
    replace: 'this.recibidoAt = lote.ahora',
    says: 'DI10: after the server’s clock steps back, receipt falls',
    test: 'sync-server/sync/receive.test.ts',
    full: true,
  },
  {
    file: 'sync-server/sync/lote.ts',
    search: "if (!buena) throw new Rechazo('FIRMA_INVALIDA')",
    replace: "if (!buena && pedido.firma === '') throw new Rechazo('FIRMA_INVALIDA')",
    says: 'DI4: a journal signed by somebody else is received',
    test: 'sync-server/sync/receive.test.ts',
    full: true,
  },
  {
    file: 'sync-server/sync/accept.ts',
    search: 'if (!(error instanceof ErrorDeJuicio)) throw error',
    replace: 'throw error',
    says: 'DI7: one entry that cannot be judged stops its till',
    test: 'sync-server/sync/judge.test.ts',
  },
  {
    file: 'sync-server/sync/accept.ts',
    search: 'if (juzgando && !recepcion.hayPendientes && renglones.length > 0) {',
    replace: 'if (juzgando && renglones.length > 0) {',
    says: 'DI7: what waits to be judged is overtaken by what came later',
    test: 'sync-server/sync/judge.test.ts',
    full: true,
  },
  {
    file: 'sync-server/sync/bitacora.ts',
    search: 'contador.seq += cambios.length\n',
    replace: 'contador.seq += cambios.length + 1\n',
    says: 'PU2: the change log has holes',
    test: 'sync-server/sync/bitacora.test.ts',
  },

  // ---- projector -----------------------------------------------------------------------------------------------------------
  {
    file: 'sync-server/sync/projector.ts',
    search: 'and aplicado_at is null order by negocio_id, orden limit',
    replace: 'and aplicado_at is null order by orden desc limit',
    says: 'the events of a negocio are applied last first: an old balance stands',
    test: 'sync-server/sync/projector.test.ts',
  },
  {
    file: 'sync-server/sync/projector.ts',
    search: "if (anulada?.estado === 'asentado') await moverLifetime(sql, usuarioId, -anulada.puntos)",
    replace: "if (anulada?.estado === 'pendiente') await moverLifetime(sql, usuarioId, -anulada.puntos)",
    says: 'a cancellation takes out lifetime points that had not settled, and leaves in those that had',
    test: 'sync-server/sync/projector.test.ts',
    full: true,
  },
  {
    file: 'sync-server/sync/projector.ts',
    search: 'Math.max(effAt + ASIENTA_TRAS_VENTA_MS, recibidoAt + ASIENTA_TRAS_RECIBO_MS)',
    replace: 'effAt + ASIENTA_TRAS_VENTA_MS',
    says: 'points of a sale made offline days ago settle before it can be cancelled',
    test: 'sync-server/sync/projector.test.ts',
    full: true,
  },
  {
    file: 'sync-server/jobs/settlement.ts',
    search: 'const { mias } = await aplicarPendientes(sql, usuarioId, ahora)',
    replace: 'const mias: MiaDoc[] = []',
    says: 'points settle although their cancellation already waits in the outbox',
    test: 'sync-server/sync/projector.test.ts',
    full: true,
  },

  // ---- cards at the till, typed cards, tickets ------------------------------------------------------------------------------
  {
    file: 'schema/domain/hechos/tarjeta-escrita.ts',
    search: 'if (evidencia.valida && erradas < CLAVES_ERRADAS_AL_DIA) {',
    replace: 'if (evidencia.valida) {',
    says: 'a card whose digits were guessed all day is believed as soon as a guess is right',
    test: 'schema/domain/hechos/tarjeta-escrita.test.ts',
  },
  {
    file: 'schema/domain/hechos/retener.ts',
    search: 'else if (venta.escritaNumero > VENTAS_ESCRITAS_AL_DIA)',
    replace: 'else if (venta.escritaNumero > VENTAS_ESCRITAS_AL_DIA + 1)',
    says: 'R16: a till types eleven cards a day, not ten',
    test: 'schema/domain/hechos/tarjeta-escrita.test.ts',
  },
  {
    file: 'schema/domain/tarjetas/totp.ts',
    search: 'getUint32(donde) & 0x7fff_ffff',
    replace: 'getUint32(donde)',
    says: 'the digits to type are not those of RFC 6238: half of the time another reading gives others',
    test: 'schema/domain/tarjetas/totp.test.ts',
  },
  {
    file: 'schema/domain/tickets/ticket.ts',
    search: 'if (codificador.encode(corto + letra).length > BYTES_DEL_NOMBRE) break',
    replace: 'if (corto.length >= BYTES_DEL_NOMBRE) break',
    says: 'a name with accents is longer than its 40 bytes',
    test: 'schema/domain/tickets/ticket.test.ts',
  },
  {
    file: 'workers/replica/tarjetas.ts',
    search: "if (ahora > qr.notAfter) throw new Rechazo('TARJETA_VENCIDA', 'qr')",
    replace: '',
    says: 'a phone that was never online again goes on identifying',
    test: 'workers/replica/tarjetas.test.ts',
  },
  {
    file: 'workers/replica/tarjetas.ts',
    search: 'return reloj.horaCierta() ?? Math.max(reloj.ahora(), await diario.ultimaHora())',
    replace: 'return reloj.ahora()',
    says: 'a till whose clock was set back while it was off takes an old QR for a fresh one',
    test: 'workers/replica/tarjetas.test.ts',
  },
  {
    file: 'workers/replica/testigos-de-reloj.ts',
    search: 'testigos.filter((t) => t.cardId !== cardId)',
    replace: 'testigos',
    says: 'one phone with a wrong clock, scanned again and again, accuses the till',
    test: 'workers/replica/tarjetas.test.ts',
  },
  {
    file: 'sync-server/sync/escritas.sql.ts',
    search: 'if (bajaAt !== null && bajaAt <= hora) continue',
    replace: '',
    says: 'the digits of a phone that was taken away still earn',
    test: 'sync-server/sync/escritas.test.ts',
    full: true,
  },

  // ---- pull, on the server -------------------------------------------------------------------------------------------------
  {
    file: 'sync-server/sync/pull.ts',
    search: 'const anotada = desde?.seq ?? seq',
    replace: 'const anotada = seq',
    says: 'PU1: each page notes its own head, so what changed between two pages is missed',
    test: 'sync-server/sync/pull.test.ts',
  },
  {
    file: 'sync-server/sync/rebanadas.ts',
    search: "if (doc.id.startsWith('sucursal:')) return doc.sucursalId === sucursalId",
    replace: "if (doc.id.startsWith('sucursal:')) return true",
    says: 'PU3: a till is sent the other sucursales',
    test: 'sync-server/sync/pull.test.ts',
    full: true,
  },
  {
    file: 'sync-server/sync/pull.ts',
    search: 'return rebanada.vigente(despues, ahora) ? despues : { id: pk, _deleted: true }',
    replace: 'return despues',
    says: 'PU3: a row that left the slice is sent as if it were in it',
    test: 'sync-server/sync/pull.test.ts',
    full: true,
  },
  {
    file: 'sync-server/sync/pull.ts',
    search: 'desde.seq < horizonte || ',
    replace: '',
    says: 'PU4: who was away longer than the log remembers misses what was compacted',
    test: 'sync-server/sync/pull.test.ts',
    full: true,
  },
  {
    file: 'sync-server/sync/mesa.ts',
    search: 'const effAt = previo ?? Math.min(original, mesa.ahora)',
    replace: 'const effAt = Math.min(original, mesa.ahora)',
    says: 'PS2: a resent edit is clamped anew and beats what came after it',
    test: 'sync-server/sync/push.test.ts',
    full: true,
  },

  // ---- who is at the till --------------------------------------------------------------------------------------------------
  {
    file: 'workers/replica/boveda.ts',
    search: 'await poner({ ...boveda, intentos, bloqueadaHasta: esperaMs ? ahora + esperaMs : null, ultimaAt: ahora })',
    replace: 'await poner({ ...boveda, intentos: boveda.intentos, bloqueadaHasta: null })',
    says: 'TU5: wrong PINs are not written down, so a till can be asked for ever',
    test: 'workers/replica/turno.test.ts',
  },
  {
    file: 'workers/replica/boveda.ts',
    search: 'if (ahora > boveda.venceAt) {',
    replace: 'if (ahora < 0) {',
    says: 'TU5: the PIN opens without network for ever',
    test: 'workers/replica/turno.test.ts',
    full: true,
  },
  {
    file: 'workers/replica/entrada.ts',
    search: 'if (RESPUESTAS.includes(error.codigo)) throw error',
    replace: '',
    says: 'TU5: a PIN the server refused is tried on the seal, so the old one goes on working',
    test: 'workers/replica/turno.test.ts',
    full: true,
  },
  {
    file: 'sync-server/domain/empleados/entrar.ts',
    search: 'retos.usar(dispositivoId, reto)',
    replace: '',
    says: 'TU1: a login that was overheard is good for a second one',
    test: 'sync-server/domain/empleados/turnos.test.ts',
    full: true,
  },
  {
    file: 'sync-server/auth/sesiones.ts',
    search: 'fila.empleadoFuera || ',
    replace: '',
    says: 'TU6: the open session of a deactivated empleado goes on',
    test: 'sync-server/domain/empleados/turnos.test.ts',
    full: true,
  },
  // ---- who sees what ---------------------------------------------------------------------------------------------------------
  {
    file: 'sync-server/auth/middleware.ts',
    search: "if (!papeles.includes(papel.papel)) throw new Rechazo('SIN_PERMISO')",
    replace: '',
    says: 'a gerente changes the rules of the whole negocio',
    test: 'sync-server/http/rutas.test.ts',
    full: true,
  },
  {
    file: 'sync-server/domain/dispositivos/baja.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of the source
    search: ' and (${sucursalId}::uuid is null or sucursal_id = ${sucursalId})',
    replace: '',
    says: 'a gerente revokes a till of another sucursal',
    test: 'sync-server/http/rutas.test.ts',
    full: true,
  },
]
