import { useState } from 'react'
import { Icono } from '../../../ui/iconos.tsx'
import { perezosa } from '../../../ui/perezosa.tsx'
import { useIr } from '../ir.ts'
import { Marco } from '../marco.tsx'
import { PorCodigo } from '../por-codigo.tsx'
import { SoloSiPuede } from '../venta/solo-si-puede.tsx'
import { Arriendo } from './arriendo.tsx'
import { EntregadosHoy } from './entregados-hoy.tsx'
import { Entregado, Hallado } from './hallado.tsx'
import { t } from './textos.ts'
import { useCanje } from './use-canje.ts'
import './canje.css'

const Lector = perezosa(async () => (await import('../../../domain/escaneo/lector.tsx')).Lector)

/** SCAN-12, 30..33: a canje by its QR or its code, given, and those given today. */
export function CanjePantalla() {
  return (
    <SoloSiPuede accion="validarCanjes">
      <Canje />
    </SoloSiPuede>
  )
}

function Canje() {
  const { paso, ocupado, problema, validar, confirmar, soltar, callar } = useCanje()
  const [mirando, setMirando] = useState(false)
  if (paso.como === 'hallado')
    return <Hallado canje={paso.canje} ocupado={ocupado} problema={problema} alConfirmar={confirmar} alCancelar={soltar} />
  if (paso.como === 'entregado') return <Entregado canje={paso.canje} entrega={paso.entrega} alSeguir={soltar} />
  if (mirando)
    return (
      <Camara
        problema={problema}
        pausada={ocupado}
        alLeer={validar}
        alCerrar={() => {
          callar()
          setMirando(false)
        }}
      />
    )
  return <Formulario ocupado={ocupado} problema={problema} alValidar={validar} alEscribir={callar} alMirar={() => setMirando(true)} />
}

function Camara({
  problema,
  pausada,
  alLeer,
  alCerrar,
}: {
  problema: string | null
  pausada: boolean
  alLeer: (texto: string) => void
  alCerrar: () => void
}) {
  return (
    <div className="app escanear-canje">
      <main>
        <Lector titulo={t.escanearTitulo} onCode={alLeer} pausado={pausada} alCerrar={alCerrar}>
          {problema && (
            <p className="escanear-canje__mal" role="alert">
              <Icono de="atencion" />
              {problema}
            </p>
          )}
        </Lector>
      </main>
    </div>
  )
}

function Formulario({
  ocupado,
  problema,
  alValidar,
  alEscribir,
  alMirar,
}: {
  ocupado: boolean
  problema: string | null
  alValidar: (texto: string) => void
  alEscribir: () => void
  alMirar: () => void
}) {
  const ir = useIr()
  const [codigo, setCodigo] = useState('')
  const escribir = (texto: string) => {
    alEscribir()
    setCodigo(texto)
  }
  return (
    <Marco titulo={t.titulo} atras={() => ir('/inicio')} clase="canje">
      <p className="soft">{t.explica}</p>
      <PorCodigo {...{ t, codigo, problema, ocupado, alMirar }} alEscribir={escribir} alEnviar={() => alValidar(codigo)} />
      <EntregadosHoy />
      <Arriendo />
    </Marco>
  )
}
