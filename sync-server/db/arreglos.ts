/**
 * PostgreSQL's arrays, by the fixed numbers of its own types.
 *
 * postgres.js would ask for them on every new connection, in a promise that nobody awaits: a connection cut during that
 * question ended the process. Enumerations and other types of a database's own have no fixed number; we have none.
 */

/** Element type → array type (pg_type.oid, the same in every PostgreSQL). */
const ARREGLO_DE: Record<number, number> = {
  16: 1000, // boolean
  17: 1001, // bytea
  19: 1003, // name
  20: 1016, // int8
  21: 1005, // int2
  23: 1007, // int4
  25: 1009, // text
  26: 1028, // oid
  114: 199, // json
  700: 1021, // float4
  701: 1022, // float8
  1042: 1014, // char
  1043: 1015, // varchar
  1082: 1182, // date
  1114: 1115, // timestamp
  1184: 1185, // timestamptz
  1700: 1231, // numeric
  2950: 2951, // uuid
  3802: 3807, // jsonb
}

type Leer = (texto: string) => unknown
type Escribir = (valor: never) => string

/** `{a,"b \"c\"",NULL,{…}}` to values; `leer` reads one element. Bounds before the braces (`[0:1]={…}`) are dropped. */
export function leerArreglo(texto: string, leer: Leer = (x) => x): unknown[] {
  let i = texto.indexOf('{')
  const entreComillas = () => {
    let valor = ''
    for (i++; texto[i] !== '"'; i++) {
      if (texto[i] === '\\') i++
      valor += texto[i]
    }
    i++
    return leer(valor)
  }
  const suelto = () => {
    const desde = i
    while (texto[i] !== ',' && texto[i] !== '}') i++
    const valor = texto.slice(desde, i)
    return valor === 'NULL' ? null : leer(valor)
  }
  const lista = (): unknown[] => {
    const valores: unknown[] = []
    for (i++; texto[i] !== '}'; ) {
      valores.push(texto[i] === '{' ? lista() : texto[i] === '"' ? entreComillas() : suelto())
      if (texto[i] === ',') i++
    }
    i++
    return valores
  }
  return lista()
}

/** The reverse. Null and undefined are NULL; anything that is no array goes as it is, for PostgreSQL to refuse. */
export function escribirArreglo(valor: unknown, escribir: (x: unknown) => string = String): string {
  if (!Array.isArray(valor)) return String(valor)
  const uno = (x: unknown) => {
    if (x === null || x === undefined) return 'NULL'
    return Array.isArray(x) ? escribirArreglo(x, escribir) : `"${escribir(x).replace(/[\\"]/g, '\\$&')}"`
  }
  return `{${valor.map(uno).join(',')}}`
}

/** What we use of the options a client of postgres.js keeps: each connection reads them there. */
export interface OpcionesVivas {
  parsers: Record<number, Leer>
  serializers: Record<number, Escribir>
  shared: { typeArrayMap: Record<number, number> }
}

/** Teaches a client its arrays, as it would have learnt them by asking. */
export function ponerArreglos({ parsers, serializers, shared }: OpcionesVivas): void {
  for (const [elemento, arreglo] of Object.entries(ARREGLO_DE)) {
    const leer = parsers[Number(elemento)]
    const escribir = serializers[Number(elemento)] as ((x: unknown) => string) | undefined
    shared.typeArrayMap[Number(elemento)] = arreglo
    parsers[arreglo] = (texto) => leerArreglo(texto, leer)
    serializers[arreglo] = (valor: unknown) => escribirArreglo(valor, escribir)
  }
}
