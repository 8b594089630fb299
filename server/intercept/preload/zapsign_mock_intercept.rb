# Sends the connections of a Ruby process to the documented hosts to the mock. Net::HTTP reads no
# https_proxy. `zapsign-mock run --intercept` loads this file through RUBYOPT.
require 'socket'

module ZapsignMockIntercept
  PORT = ENV['ZAPSIGN_INTERCEPT_PORT'].to_i
  HOSTS = ENV['ZAPSIGN_INTERCEPT_HOSTS'].to_s.split(',')

  def self.documented?(host)
    PORT.positive? && host.is_a?(String) && HOSTS.include?(host.downcase.sub(/\.+\z/, ''))
  end

  # TCPSocket.open and TCPSocket.new: the arguments after host and port bind the local end.
  module Tcp
    def initialize(host, port = nil, *rest, **options)
      return super('127.0.0.1', PORT, **options) if ZapsignMockIntercept.documented?(host)

      super
    end
  end

  module Addrinfo
    def getaddrinfo(host, port = nil, *rest, **options)
      return super('127.0.0.1', PORT, *rest, **options) if ZapsignMockIntercept.documented?(host)

      super
    end
  end
end

TCPSocket.prepend(ZapsignMockIntercept::Tcp)
Addrinfo.singleton_class.prepend(ZapsignMockIntercept::Addrinfo)
