# `ruby client.rb`: the scenario of scenario.mjs with Net::HTTP.
require 'json'
require 'net/http'

HOST = 'https://api.zapsign.com.br'
JSON_TYPE = { 'content-type' => 'application/json' }.freeze
$statuses = []

def call(type, path, headers, body = nil)
  uri = URI(HOST + path)
  request = type.new(uri, headers)
  request.body = body.to_json if body
  response = Net::HTTP.start(uri.host, uri.port, use_ssl: true) { |http| http.request(request) }
  $statuses << response.code
  response.body
end

def login(password)
  body = { username: 'dev@example.com.br', password: password }
  call(Net::HTTP::Post, '/api/v1/auth/token/11111/', JSON_TYPE, body)
end

tokens = JSON.parse(login('StrongPassword123'))
bearer = { 'authorization' => "Bearer #{tokens['access']}" }
call(Net::HTTP::Post, '/api/v1/auth/token-refresh/', JSON_TYPE, { refresh: tokens['refresh'] })
call(Net::HTTP::Get, '/api/v1/docs/?page=1', bearer)
call(Net::HTTP::Post, '/api/v1/docs/', bearer.merge(JSON_TYPE), { name: 'Contract' })
5.times { login('WrongPassword123') }
login('StrongPassword123')
puts $statuses.join(' ')
