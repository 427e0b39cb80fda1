import { useState } from 'react'
import { Icono } from '../../ui/iconos.tsx'
import { pedirQr, SHOPPERS } from './api-demo.ts'
import { t } from './textos.ts'

export interface TarjetaLeida {
  nombre: string
  qr: string
}

/**
 * Stands in for the camera in the demo world: "reads" the QR that a demo shopper's phone would show now. Only the server holds those
 * phones' keys, so away from it no card can be read and the sale goes without a client.
 */
export function TarjetasDemo({ cliente, alLeer }: { cliente: TarjetaLeida | null; alLeer: (cliente: TarjetaLeida | null) => void }) {
  const [aviso, setAviso] = useState<string | null>(null)
  const [leyendo, setLeyendo] = useState<string | null>(null)
  const leer = async (id: string, nombre: string) => {
    setAviso(null)
    setLeyendo(nombre)
    const r = await pedirQr(id)
    setLeyendo(null)
    if (r.ok) return alLeer({ nombre, qr: r.valor.qr })
    alLeer(null)
    setAviso(r.codigo === 'SIN_CONEXION' ? t.sinConexion : t.noSeLeyo)
  }
  const elegido = leyendo ?? cliente?.nombre ?? null
  return (
    <fieldset className="opciones" data-cliente={cliente?.nombre}>
      <legend className="etiqueta">{t.cliente}</legend>
      <label className="opcion">
        <input type="radio" name="cliente" checked={elegido === null} onChange={() => alLeer(null)} />
        <span>{t.sinCliente}</span>
      </label>
      {SHOPPERS.map(({ id, nombre }) => (
        <label key={id} className="opcion">
          <input type="radio" name="cliente" checked={elegido === nombre} onChange={() => void leer(id, nombre)} />
          <span>{t.tarjetaDe(nombre)}</span>
        </label>
      ))}
      {aviso && (
        <p className="mal mal--suave" role="status">
          <Icono de="sinRed" /> {aviso}
        </p>
      )}
    </fieldset>
  )
}
