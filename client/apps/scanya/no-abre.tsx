import type { Codigo } from '../../../schema/core/codigos.ts'
import { textoDe } from '../../lib/texto-de-codigo.ts'
import { Icono } from '../../ui/iconos.tsx'
import { Marca } from './marco.tsx'
import { t } from './textos.ts'

/** The store of this device did not open. What is in it stays. */
export function NoAbre({ codigo, alReintentar }: { codigo: Codigo; alReintentar: () => void }) {
  return (
    <div className="app">
      <div className="top">
        <Marca />
      </div>
      <main className="cuerpo stack">
        <h1 className="titulo">{t.noAbre}</h1>
        <p className="mal" role="alert">
          <Icono de="atencion" /> {textoDe(codigo)}
        </p>
        <p className="soft">{t.sigueGuardado}</p>
        <div className="dock">
          <button type="button" className="btn btn--primary btn--lg ancho" onClick={alReintentar}>
            {t.otraVez}
          </button>
        </div>
      </main>
    </div>
  )
}
