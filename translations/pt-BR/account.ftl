# A página de segurança do cliente.

account-title = Segurança da sua conta
account-lead = Como você faz login com { $account }.
account-back = Voltar à sua página de segurança
account-save = Salvar
account-link = Ver seus métodos de login e suas sessões abertas

account-browser = { $browser } no { $system }
account-browser-unknown = Navegador desconhecido

## Confirmar de novo quem é, antes de uma alteração

account-again-title = Confirme de novo que é você
account-again-lead = Antes de qualquer alteração no seu jeito de fazer login, verificamos se é você mesmo. Depois, você continua de onde parou.

## O que foi feito

account-done-factor-added = O segundo fator foi configurado. A partir de agora, ele pode ser pedido no login.
account-done-factor-renamed = O nome foi salvo.
account-done-factor-removed = O segundo fator foi removido. Todas as suas outras sessões foram encerradas.
account-done-codes-made = Seus novos códigos de backup foram salvos. Os antigos não funcionam mais.
account-done-password-changed = Sua senha foi alterada. Todas as suas outras sessões foram encerradas.
account-done-preference-kept = Salvo.
account-done-session-ended = A sessão foi encerrada lá.
account-done-device-forgotten = Esquecido. O próximo login lá vai pedir um segundo fator.

## Segundos fatores

account-factors = Segundos fatores
account-factors-none = Você não tem nenhum. Com um segundo fator, ninguém entra só com sua senha.
account-factors-one = Adicione outra forma, para ainda poder entrar se perder esta.
account-factor-dates = Adicionado em { $added }, usado pela última vez em { $used }
account-factor-added = Adicionado em { $added }
account-factor-off = Desativado depois de muitas respostas erradas. Substitua-o ou remova-o.
account-factor-not-allowed = Não é mais aceito por esta central de ajuda.
account-factor-change = Alterar
account-factor-add = Adicionar um segundo fator
account-preferred = Pedir primeiro
account-preferred-last = O último que usei

account-add-title = Adicionar um segundo fator
account-add-lead = Com mais de um, você ainda consegue fazer login se perder um deles.
account-add-none = Não há nada para adicionar: você já tem todos os que esta central de ajuda aceita.

account-factor-title = Alterar um segundo fator
account-factor-name = Nome
account-factor-name-hint = Para você saber qual é: por exemplo, o dispositivo em que ele está.
account-factor-rename = Salvar o nome
account-name-missing = Digite um nome.
account-name-too-long = Use no máximo { $most } caracteres.
account-name-unusable = Esse nome contém caracteres que não podem ser mostrados.
    .more = Use letras, dígitos e sinais.
account-factor-replace = Substituir
account-factor-replace-lead = Para um celular novo, por exemplo. Primeiro o novo é configurado; até lá, este continua funcionando.
account-factor-remove = Remover
account-factor-remove-lead = Ele não será mais pedido, e todas as suas outras sessões serão encerradas.

account-remove-title = Remover este segundo fator?
account-remove-lead = Ele não será mais pedido. Todas as suas outras sessões serão encerradas, e os dispositivos lembrados deixarão de ser lembrados.
account-remove-codes = Seus códigos de backup também serão removidos.
account-remove-button = Remover
account-remove-needed-title = Você precisa deste segundo fator
account-remove-needed = { $least ->
    [one] Esta central de ajuda exige um segundo fator, e este é o último que funciona. Adicione outro primeiro e depois remova este.
   *[other] Esta central de ajuda pede que você mantenha { $least } segundos fatores. Adicione outro primeiro e depois remova este.
}

## Códigos de backup

account-codes-left = { $count ->
    [0] Você já usou todos.
    [one] Resta { $count } código.
   *[other] Restam { $count } códigos.
}
account-codes-none = Você não tem nenhum. Eles permitem que você entre se perder seu segundo fator.
account-codes-make = Criar novos códigos de backup
account-codes-title = Criar novos códigos de backup?
account-codes-lead = Cada código permite fazer login uma vez no lugar de um segundo fator. Eles só são mostrados uma vez: tenha à mão onde guardá-los.
account-codes-replace = { $count ->
    [one] O código que resta funciona até você salvar os novos.
   *[other] Os { $count } códigos que restam funcionam até você salvar os novos.
}

## Sessões abertas

account-sessions = Suas sessões abertas
account-session-this = Este navegador
account-session-since = Desde { $when }
account-session-seen = Última atividade: { $when }
account-session-end = Encerrar sessão
account-sessions-end = Encerrar todas as outras sessões

account-devices = Dispositivos lembrados
account-devices-none = Nenhum. Ao fazer login, você pode pedir que um dispositivo seu seja lembrado.
account-devices-lead = O login neles exige só sua senha.
account-device-dates = Usado pela última vez em { $used }; lembrado até { $until }
account-device-forget = Esquecer
account-devices-forget = Esquecer todos

## Senha

account-password = Senha
account-password-since = Definida em { $day }.
account-password-none = Você não tem senha: faz login sem ela.
account-password-change = Alterar sua senha
account-password-set = Escolher uma senha
account-password-lead = Todas as suas outras sessões serão encerradas, e os dispositivos lembrados deixarão de ser lembrados.
account-password-current = Senha atual
account-password-save = Salvar a nova senha
account-password-current-missing = Digite sua senha atual.
account-password-current-wrong = Essa não é sua senha atual.
    .more = Depois de várias tentativas, pedimos que você espere alguns minutos.

## Idioma

account-language = Idioma
account-language-label = Idioma destas páginas e dos nossos e-mails
