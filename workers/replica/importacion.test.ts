import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { ReplicaApi } from './api.ts'
import { idDe, unArticulo, unEstudio, valor } from './testing/estudio-guion.ts'

const abiertas: ReplicaApi[] = []
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})
const nada = () => {}
const SUCURSAL = { id: `sucursal:${idDe(900)}`, sucursalId: idDe(900), nombre: 'Centro', numero: 1, zonaHoraria: 'America/Mexico_City' }

/** Rows 1 to `cuantas`; 37 of them bad in different ways. */
function unArchivo(cuantas: number): string {
  const lineas = ['Nombre;PRECIO;Categoría;visible']
  for (let n = 1; n <= cuantas; n++) {
    const mala = n % 135 === 0
    lineas.push(
      mala
        ? [`Articulo ${n};doce;Varios;sí`, `Articulo ${n - 1};10;Varios;no`, `;10;Varios;no`][n % 3]!
        : `Articulo ${n};$${n}.50;Varios;sí`,
    )
  }
  return `\ufeff${lineas.join('\r\n')}\r\n`
}

test('[CAT-11] 5,000 rows with 37 bad: dry run, import cancelled half way, repeated, exported, equal', async () => {
  const { replica, servidor, intentar } = await unEstudio(abiertas)
  await intentar()
  const texto = unArchivo(5_000)
  const avances: number[] = []
  const plan = valor(await replica.prepararImportacion(texto, (hechas) => avances.push(hechas)))
  assert.equal([plan.nuevos, plan.cambian, plan.iguales, plan.malos, plan.renglones.length], [4_963, 0, 0, 37, 5_000])
  assert.ok(avances.length > 5 && avances.every((n, i) => i === 0 || n >= (avances[i - 1] ?? 0)))
  assert.equal(plan.renglones[134], {
    ...{ renglon: 135, suerte: 'malo', nombre: 'Articulo 135', columna: 'precio', valor: 'doce', codigo: 'MONTO_INVALIDO', cambios: [] },
  })
  assert.is((await replica.estado()).pendientes, 0)

  let vez = 0
  const cancelada = await replica.importar(plan.id, () => {
    if (++vez === 10) void replica.cancelarImportacion()
  })
  assert.equal([cancelada, vez], [{ ok: false, codigo: 'IMPORTACION_CANCELADA' }, 10])
  assert.is((await replica.estado()).pendientes, 0)
  assert.equal(valor(await replica.consultar({ coleccion: 'articulos' })), [])

  servidor.sinRed = true
  const { hechas, deshacer } = valor(await replica.importar(plan.id, nada))
  assert.equal([hechas, deshacer.length, (await replica.estado()).pendientes], [4_963, 4_963, 4_963])
  const exportado = valor(await replica.exportarCatalogo())
  const otraVez = valor(await replica.prepararImportacion(exportado, nada))
  assert.equal([otraVez.nuevos, otraVez.cambian, otraVez.iguales, otraVez.malos], [0, 0, 4_963, 0])
  servidor.sinRed = false
  await intentar()
  assert.is(servidor.filas.get('articulos')?.size, 4_963)
  valor(await replica.editarVarios(deshacer))
  assert.equal(
    valor(await replica.exportarCatalogo())
      .trim()
      .split('\n').length,
    1,
  )
})

test('what one Studio exports makes the same catálogo on another, byte by byte', async () => {
  const carta = [
    unArticulo(1, { nombre: '=Piña, "colada"', descripcion: 'Dos\nrenglones', sucursales: [idDe(900)] }),
    unArticulo(2, { nombre: 'Árbol', precioCentavos: 0, visible: false, tipo: 'servicio', categoria: '' }),
    unArticulo(3, { nombre: 'Árbol', desde: true, destacado: true, agotado: true }),
  ]
  const listo = async (articulos = carta) => {
    const estudio = await unEstudio(abiertas, articulos)
    estudio.servidor.poner('config', SUCURSAL)
    await estudio.intentar()
    return estudio.replica
  }
  const uno = await listo()
  const texto = valor(await uno.exportarCatalogo())
  assert.is(
    valor(await uno.exportarCatalogo({ visible: false }))
      .trim()
      .split('\r\n').length,
    2,
  )
  await uno.cerrar()
  const otro = await listo([])
  assert.ok(texto.startsWith('\ufeffid,nombre,descripcion,precio,categoria,tipo,visible,destacado,desde,agotado,sucursales\r\n'))
  assert.ok(texto.includes(`"'=Piña, ""colada""","Dos\nrenglones",100.01,Pizzas,producto,sí,no,no,no,Centro\r\n`))
  const plan = valor(await otro.prepararImportacion(texto, nada))
  assert.equal([plan.nuevos, plan.malos], [3, 0])
  valor(await otro.importar(plan.id, nada))
  assert.is(valor(await otro.exportarCatalogo()), texto)
})

test('a file changes what its columns say and leaves the rest; the bad rows can be had with their reasons', async () => {
  const { replica, intentar, elArticulo } = await unEstudio(abiertas, [unArticulo(1), unArticulo(2), unArticulo(3)])
  await intentar()
  const texto = `name,price,notas\npizza 1,"$1,250.00",x\nPIZZA 2,100.02,\n\nPizza 3,-3,"=2+2"\npizza 1,5,\n`
  const plan = valor(await replica.prepararImportacion(texto, nada))
  assert.equal(
    plan.renglones.map(({ renglon, suerte, cambios, codigo }) => [renglon, suerte, cambios.join(), codigo]),
    [
      [1, 'cambia', 'nombre,precio', null],
      [2, 'cambia', 'nombre', null],
      [4, 'malo', '', 'MONTO_NEGATIVO'],
      [5, 'malo', '', 'FILA_REPETIDA'],
    ],
  )
  assert.is(
    valor(await replica.exportarMalos(plan.id)),
    "\ufeffname,price,notas,motivo\r\nPizza 3,'-3,'=2+2,precio: El monto no puede ser negativo.\r\npizza 1,5,,Otra fila del archivo habla del mismo artículo.\r\n",
  )
  valor(await replica.importar(plan.id, nada))
  const uno = await elArticulo(1)
  assert.equal([uno?.nombre, uno?.precioCentavos, uno?.categoria, uno?.visible], ['pizza 1', 125_000, 'Pizzas', true])
  assert.equal(await replica.importar('otro', nada), { ok: false, codigo: 'NO_ENCONTRADO' })
})

test('[EMP-38] a file of a gerente changes nothing of another sucursal, brings nothing from it and takes nothing there', async () => {
  const [centro, norte] = [idDe(900), idDe(901)]
  const carta = [unArticulo(1, { sucursales: [centro] }), unArticulo(2, { sucursales: [norte] }), unArticulo(3)]
  const { replica, servidor, intentar } = await unEstudio(abiertas, carta, {}, norte)
  servidor.poner('config', SUCURSAL)
  servidor.poner('config', { ...SUCURSAL, id: `sucursal:${norte}`, sucursalId: norte, nombre: 'Norte' })
  await intentar()
  const filas = [
    'Pizza 1,1,Centro',
    'Pizza 1,100.01,Centro',
    'Pizza 2,1,Centro',
    'Pizza 2,2,Norte',
    'Pizza 3,3,',
    'Té,1,Centro',
    'Pan,1,Norte',
  ]
  for (const [fila, suerte] of filas.map((f, i) => [f, ['malo', 'igual', 'malo', 'cambia', 'cambia', 'malo', 'nuevo'][i]] as const)) {
    const plan = valor(await replica.prepararImportacion(`nombre,precio,sucursales\n${fila}\n`, nada))
    const [renglon] = plan.renglones
    assert.equal([renglon?.suerte, renglon?.codigo], [suerte, suerte === 'malo' ? 'SIN_PERMISO' : null], fila)
  }
})

test('what is no catálogo is refused whole', async () => {
  const { replica } = await unEstudio(abiertas)
  const codigo = async (texto: string) => {
    const respuesta = await replica.prepararImportacion(texto, nada)
    return respuesta.ok ? null : respuesta.codigo
  }
  assert.is(await codigo(''), 'ARCHIVO_ILEGIBLE')
  assert.is(await codigo('PK\u0003\u0004\0\0binario'), 'ARCHIVO_ILEGIBLE')
  assert.is(await codigo('nombre,precio\n"sin cerrar,10\n'), 'ARCHIVO_ILEGIBLE')
  assert.is(await codigo('precio,visible\n10,sí\n'), 'COLUMNA_FALTA')
  assert.is(await codigo(`nombre\n${'x\n'.repeat(20_001)}`), 'ARCHIVO_GRANDE')
  assert.is(await codigo('sep=;\nnombre;precio\nTé;10\n'), null)
})

test('a new articulo needs a name and a price; one deleted here comes back by its id', async () => {
  const { replica, servidor, intentar, elArticulo } = await unEstudio(abiertas, [unArticulo(1)])
  await intentar()
  servidor.sinRed = true
  const faltos = valor(await replica.prepararImportacion(`id,nombre\n,Sin precio\n${idDe(7)},\n`, nada))
  assert.equal(
    faltos.renglones.map(({ codigo, columna }) => [codigo, columna]),
    [
      ['COLUMNA_FALTA', 'precio'],
      ['DATO_INVALIDO', 'nombre'],
    ],
  )
  const texto = valor(await replica.exportarCatalogo())
  valor(await replica.editarVarios([{ coleccion: 'articulos', id: idDe(1), cambios: { borrado: true } }]))
  const plan = valor(await replica.prepararImportacion(texto, nada))
  assert.is(plan.nuevos, 1)
  valor(await replica.importar(plan.id, nada))
  assert.equal([(await elArticulo(1))?.borrado, valor(await replica.exportarCatalogo())], [false, texto])
})

test.run()
